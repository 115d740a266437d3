using System.Text;

namespace IntegrationHub.Functions.SuppliedFiles;

/// <summary>Reads text files written by people or other systems.</summary>
public static class SuppliedText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The text of a file in UTF-8, or in the encoding that its byte order mark names. A file in another encoding is refused: otherwise a
    /// character such as é would be replaced, a person with that character in the name would not be found, and letters would be sent with
    /// the replacement.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not encoded in UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException other)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not encoded in UTF-8.", other);
        }
    }
}
