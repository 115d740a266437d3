using System.Buffers.Binary;
using System.Text;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>Messages as they are in a mailbox.</summary>
internal static class Eml
{
    internal const string Pdf = "%PDF-1.7 an invented report";

    internal static byte[] Of(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>A message with a body of one part.</summary>
    internal static byte[] Plain(string subject = "Report", string body = "Please find the report attached.", string headers = "") => Of($"""
        Received: from mail.example.org by mx.council.example; Tue, 3 Mar 2026 09:15:00 +0000
        From: Sam Doyle <sam@example.org>
        To: send@council.example
        Date: Tue, 3 Mar 2026 09:14:00 +0000
        Subject: {subject}
        Message-ID: <one@example.org>
        {headers}MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {body}
        """);

    /// <summary>A message of several parts, each with its own headers.</summary>
    internal static byte[] Mixed(params IEnumerable<string> parts) => Of($"""
        Received: from mail.example.org by mx.council.example; Tue, 3 Mar 2026 09:15:00 +0000
        From: Sam Doyle <sam@example.org>
        Subject: Report
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        {string.Concat(parts.Select(part => $"--outer\n{part}\n"))}--outer--
        """);

    /// <summary>A file as a part.</summary>
    internal static string File(string name, byte[] bytes, string type = "application/octet-stream") => $"""
        Content-Type: {type}
        Content-Disposition: attachment; filename="{name}"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}
        """;

    internal static string File(string name, string words, string type = "application/octet-stream") => File(name, Encoding.Latin1.GetBytes(words), type);

    /// <summary>What Outlook calls winmail.dat, with a text and a file. Source: [MS-OXTNEF] 2.1.</summary>
    internal static byte[] Winmail(string body, string name, byte[] file)
    {
        using var tnef = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, 0x223E9F78);
        tnef.Write(number);
        tnef.Write([1, 0]);
        Attribute(1, 0x00089006, [0, 0, 1, 0]);
        Attribute(1, 0x00078008, Encoding.ASCII.GetBytes("IPM.Microsoft Mail.Note\0"));
        Attribute(1, 0x0002800C, Encoding.ASCII.GetBytes(body + "\0"));
        Attribute(2, 0x00069002, new byte[14]);
        Attribute(2, 0x00018010, Encoding.ASCII.GetBytes(name + "\0"));
        Attribute(2, 0x0006800F, file);
        return tnef.ToArray();

        void Attribute(byte level, uint tag, byte[] data)
        {
            Span<byte> head = stackalloc byte[9];
            head[0] = level;
            BinaryPrimitives.WriteUInt32LittleEndian(head[1..], tag);
            BinaryPrimitives.WriteUInt32LittleEndian(head[5..], (uint)data.Length);
            tnef.Write(head);
            tnef.Write(data);
            Span<byte> sum = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(sum, (ushort)data.Sum(b => b));
            tnef.Write(sum);
        }
    }
}
