using System.Xml;
using System.Xml.Linq;
using IntegrationHub.Functions.Monitoring.Family;

namespace IntegrationHub.Local.Hosting;

/// <summary>
/// The keys of the pages in a directory. A hub with a new key in place of a lost one would look sound, but no link that was sent to a family
/// would work, and with a damaged cookie key no page does.
/// </summary>
internal static class KeyFiles
{
    private const string Cookies = "cookie-keys";

    /// <summary>What is wrong with the keys.</summary>
    /// <param name="directory">The directory, which need not have any keys yet.</param>
    internal static IEnumerable<string> Problems(string directory)
    {
        var cookies = Path.Combine(directory, Cookies);
        foreach (var file in Directory.Exists(cookies) ? Directory.GetFiles(cookies, "*.xml") : [])
        {
            if (!IsXml(file))
            {
                yield return $"{Cookies}/{Path.GetFileName(file)} is damaged. Remove the file; people who were signed in must sign in again.";
            }
        }

        if (File.Exists(Path.Combine(directory, FamilyTokens.KeyFile)))
        {
            if (Fault(() => FamilyTokens.Open(directory)) is { } fault)
            {
                yield return fault;
            }
        }
        else if (Directory.Exists(cookies) && Directory.EnumerateFiles(cookies).Any())
        {
            yield return $"{FamilyTokens.KeyFile} is missing from {directory}, and with another key every family's link stops working. Restore the file from a backup. If no backup has it, remove {Cookies} too: the hub then creates new keys.";
        }
    }

    private static bool IsXml(string file)
    {
        try
        {
            return XDocument.Load(file).Root is not null;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static string? Fault(Action open)
    {
        try
        {
            open();
            return null;
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
    }
}
