/**
 * Sends every page of a single-page application to `/index.html`: a path whose last part has no dot is a route of the
 * application, any other path is a file.
 *
 * A CloudFront function rather than custom error responses, because those hold for the whole distribution: they would turn
 * the firewall's 403 and the API's 404 into a page with status 200, and a missing script into HTML. It costs about $0.10 per
 * million page views.
 *
 * Plain JavaScript for the runtime cloudfront-js-2.0, so it is text here, and its test runs it.
 */
export const spaRouting = `function handler(event) {
  var request = event.request;
  var file = request.uri.substring(request.uri.lastIndexOf("/") + 1);
  if (!file.includes(".")) {
    request.uri = "/index.html";
  }
  return request;
}
`;
