using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>Messages that somebody wrote to do harm, or that broke on the way; the same ones for the same seed.</summary>
internal sealed class HostileMail(int seed)
{
    private const string Head = "Received: from a by b; Tue, 3 Mar 2026 09:15:00 +0000\nFrom: Sam <sam@example.org>\nSubject: Hostile\nMIME-Version: 1.0\n";

    private static readonly string[] Names =
    [
        "../../../../etc/passwd", @"..\..\windows\system32\x.dll", "C:x.pdf", "report.pdf\u202Efdp.exe", "a\u0000b.pdf", "con", ".", "..", "/", "\\", "name;with\"quotes.pdf", "\u200B", "%2e%2e%2f", "$(id).pdf", "a\r\nX-Header: b.pdf",
    ];

    private readonly Random random = new(seed);

    internal static int Kinds => Makers.Length;

    private static Func<HostileMail, byte[]>[] Makers =>
    [
        m => m.NestedMultiparts(), m => m.NestedMessages(), m => m.BrokenEncodings(), m => m.HugeHeaders(), m => m.FakeNames(), m => m.Pages(), m => m.Sealed(), m => m.Outlook(),
        m => m.Truncated(), m => m.Zeros(), m => m.ManyParts(), m => m.Archives(), m => m.Noise(), m => m.Flipped(), m => m.Addresses(), m => m.NestedPage(),
    ];

    internal byte[] Next(int kind) => Makers[kind](this);

    private int Size(int small, int large) => random.Next(4) == 0 ? random.Next(small, large) : random.Next(1, small);

    private byte[] NestedMultiparts()
    {
        var depth = Size(50, 2_400);
        var mail = new StringBuilder(Head + "Content-Type: multipart/mixed; boundary=b0\n\n");
        for (var n = 0; n < depth; n++)
        {
            mail.Append(CultureInfo.InvariantCulture, $"--b{n}\nContent-Type: multipart/{(n % 3 == 0 ? "alternative" : "mixed")}; boundary=b{n + 1}\n\n");
        }

        return Eml.Of(mail.Append("deep\n").ToString());
    }

    private byte[] NestedMessages() => Eml.Of(string.Concat(Enumerable.Repeat(Head + "Content-Type: message/rfc822\n\n", Size(30, 3_000))) + Head + "\nInnermost.");

    private byte[] BrokenEncodings()
    {
        string[] parts =
        [
            "Content-Type: text/plain; charset=utf-99\n\nWords \u00e9", "Content-Type: text/plain; charset=\"\nContent-Transfer-Encoding: quoted-printable\n\n=ZZ=A=\n=",
            "Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n!!!!====JVBERi0xLjc*\u0001",
            "Content-Type: image/png\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\nM`````\nend", "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n2D3YPdg9",
            "Content-Type: ; ;;=\nContent-Transfer-Encoding: nonsense\n\nx", "Content-Type: text/plain; charset*0*=utf-8''%ZZ; charset*9=x\n\nx", "Content-Disposition: attachment; filename*=utf-8''%ff%fe%00.pdf\n\nx",
        ];
        var subject = $"Subject: =?utf-8?B?{new string('/', random.Next(90))}?= =?x?q?=ZZ?= =??=\n";
        return Encoding.Latin1.GetBytes(subject + Encoding.Latin1.GetString(Eml.Mixed(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]))));
    }

    private byte[] HugeHeaders() => random.Next(3) switch
    {
        0 => Eml.Of($"Subject: {new string('s', Size(200_000, 3_000_000))}\n{Head}\nx"),
        1 => Eml.Of(string.Concat(Enumerable.Range(0, Size(5_000, 80_000)).Select(n => string.Create(CultureInfo.InvariantCulture, $"X-{n}: y\n"))) + Head + "\nx"),
        _ => Eml.Of($"{Head}To: {string.Concat(Enumerable.Repeat("(((", Size(1_000, 200_000)))}a@example.org\n\nx"),
    };

    private byte[] FakeNames() => Eml.Mixed(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Eml.File(
        random.Next(5) == 0 ? new string('n', 10_000) : Names[random.Next(Names.Length)], random.Next(2) == 0 ? Eml.Pdf : "MZ\u0090\0program", random.Next(2) == 0 ? "application/pdf" : "x/y")));

    private byte[] Pages() => Eml.Of($"{Head}Content-Type: text/html; charset=utf-8\n\n" + string.Concat(Enumerable.Range(0, Size(50, 20_000)).Select(_ => random.Next(7) switch
    {
        0 => "<script>alert('<p>')</scr",
        1 => "<div><table><tr><td>",
        2 => "<a href='javascript:x()'>press</a>",
        3 => "&#x202e;&#0;&amp;&nosuch;&#99999999;",
        4 => "<!-- --!> <![CDATA[ x ]]>",
        5 => "<style>",
        _ => "</style><img src=x onerror=alert(1)>words ",
    })));

    private byte[] Sealed() => random.Next(3) switch
    {
        0 => Eml.Of($"{Head}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Bytes(random.Next(2_000)))}"),
        1 => Eml.Of($"{Head}Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n--s\n\nwords\n--s\nContent-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Bytes(300))}\n"),
        _ => Eml.Of($"{Head}Content-Type: multipart/encrypted; boundary=s\n\n--s\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--s--"),
    };

    private byte[] Outlook()
    {
        var tnef = Eml.Winmail("The words.", Names[random.Next(Names.Length)], Encoding.ASCII.GetBytes(Eml.Pdf));
        switch (random.Next(4))
        {
            case 0:
                tnef = tnef[..random.Next(tnef.Length)];
                break;
            case 1:
                for (var n = 0; n < 8; n++)
                {
                    tnef[random.Next(6, tnef.Length)] = (byte)random.Next(256);
                }

                break;
            case 2:
                random.NextBytes(tnef.AsSpan(6));
                break;
        }

        return Eml.Mixed(Eml.File("winmail.dat", tnef, "application/ms-tnef"));
    }

    private byte[] Truncated() => Rich() is var whole ? whole[..random.Next(whole.Length)] : [];

    private byte[] Zeros()
    {
        var whole = Rich();
        for (var n = random.Next(1, 60); n > 0; n--)
        {
            whole[random.Next(whole.Length)] = 0;
        }

        return whole;
    }

    private byte[] ManyParts() => random.Next(3) switch
    {
        0 => Eml.Mixed(Enumerable.Repeat("\nx", Size(600, 30_000))),
        1 => Eml.Mixed(Enumerable.Range(0, Size(100, 400)).Select(n => Eml.File($"{n}.pdf", Eml.Pdf + n))),
        _ => Eml.Of(Head + "Content-Type: multipart/mixed; boundary=\"\"\n\n" + string.Concat(Enumerable.Repeat("--\n", Size(600, 100_000)))),
    };

    private byte[] Archives()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in random.Next(2) == 0 ? ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"] : new[] { "[Content_Types].xml", "word/document.xml" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[random.Next(3_000_000)]);
            }
        }

        var archive = bytes.ToArray();
        if (random.Next(2) == 0)
        {
            archive[random.Next(archive.Length)] ^= 0xFF;
        }

        return Eml.Mixed(Eml.File("letter.docx", archive), Eml.File("archive.zip", archive, "application/zip"));
    }

    private byte[] Noise() => Bytes(random.Next(5_000));

    private byte[] Flipped()
    {
        var whole = Rich();
        for (var n = random.Next(1, 40); n > 0; n--)
        {
            whole[random.Next(whole.Length)] = (byte)random.Next(256);
        }

        return whole;
    }

    private byte[] Addresses() => Eml.Of($"From: {string.Concat(Enumerable.Repeat("group:", Size(50, 5_000)))} <@a,@b:\"\u0001\"@[::1]>;\nSender: =?utf-8?q?=0D=0ABcc:_x?= <x@y>\nSubject: \nDate: Thu, 99 Foo 99999 25:61:61 +9999\n\nwords");

    // Read as a tree, a page that is nested this deep would exhaust the stack.
    private byte[] NestedPage() => Eml.Mixed(Eml.File("page.html", $"<html><body>{string.Concat(Enumerable.Repeat("<div>", Size(400, 40_000)))}words", "text/html"));

    private byte[] Rich() => Eml.Mixed(
        "Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain; charset=utf-8\n\nWords.\n--in\nContent-Type: text/html\n\n<p>Words.</p>\n--in--",
        Eml.File("report.pdf", Eml.Pdf),
        "Content-Type: message/rfc822\n\n" + Head + "Content-Type: multipart/mixed; boundary=deep\n\n--deep\n\ninside\n--deep--",
        Eml.File("winmail.dat", Eml.Winmail("The words.", "other.pdf", Encoding.ASCII.GetBytes(Eml.Pdf)), "application/ms-tnef"));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
