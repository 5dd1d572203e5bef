package dev.serenade.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.apache.commons.fileupload2.core.RequestContext;

/** The parts of a form ({@code multipart/form-data}), one after the other as they arrive. */
final class FormParser
    extends AbstractFileUpload<RequestContext, DiskFileItem, DiskFileItemFactory> {

  private final RequestContext request;

  FormParser(String contentType, long contentLength, InputStream body) {
    this.request = new Form(contentType, contentLength, body);
    setHeaderCharset(StandardCharsets.UTF_8);
  }

  FileItemInputIterator parts() throws IOException {
    return super.getItemIterator(request);
  }

  /** Returns the name of a file in a {@code Content-Disposition}; empty if there is none. */
  static String fileName(String contentDisposition) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(contentDisposition, ';').getOrDefault("filename", "");
  }

  @Override
  public FileItemInputIterator getItemIterator(RequestContext context) throws IOException {
    return super.getItemIterator(context);
  }

  @Override
  public Map<String, List<DiskFileItem>> parseParameterMap(RequestContext context) {
    throw new UnsupportedOperationException("parts are read one after the other");
  }

  @Override
  public List<DiskFileItem> parseRequest(RequestContext context) {
    throw new UnsupportedOperationException("parts are read one after the other");
  }

  private record Form(String contentType, long contentLength, InputStream body)
      implements RequestContext {

    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long getContentLength() {
      return contentLength;
    }

    @Override
    public String getContentType() {
      return contentType;
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }

    @Override
    public boolean isMultipartRelated() {
      return contentType.startsWith("multipart/related");
    }
  }
}
