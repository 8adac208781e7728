// Reloads the page when the templates, or the program, are no longer those it was made with.
// The stream rests while the page is hidden: a browser keeps only six of them open to one server.
const version = document.body.dataset.version;
let stream = null;

function listen() {
  stream?.close();
  stream = document.hidden ? null : new EventSource('/reload');
  stream?.addEventListener('message', (event) => {
    if (event.data !== version) location.reload();
  });
}

document.addEventListener('visibilitychange', listen);
listen();
