using System.Text;
using IntegrationHub.Functions.Intake.Reading;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>What is read from a message, part by part.</summary>
public sealed class MailReadingTests
{
    public static TheoryData<string, MailOrigin> Origins => new()
    {
        { "", MailOrigin.Person },
        { "Auto-Submitted: no\n", MailOrigin.Person },
        { "Auto-Submitted: auto-replied\n", MailOrigin.AutomaticReply },
        { "Auto-Submitted: auto-generated; owner=sam@example.org\n", MailOrigin.AutomaticReply },
        { "X-Autoreply: yes\n", MailOrigin.AutomaticReply },
        { "Precedence: auto_reply\n", MailOrigin.AutomaticReply },
        { "Return-Path: <>\n", MailOrigin.DeliveryReport },
        { "Return-Path: <sam@example.org>\n", MailOrigin.Person },
    };

    public static TheoryData<string, string> Names => new()
    {
        { "../../etc/passwd", "passwd" },
        { @"C:\Users\x\report.pdf", "report.pdf" },
        { "report\u202Efdp.exe", "reportfdp.exe" },
        { "a\tb.pdf", "a b.pdf" },
        { "...", "attachment" },
        { "", "attachment" },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public void What_a_program_wrote_is_marked(string headers, MailOrigin origin) => Assert.Equal(origin, Read(Eml.Plain(headers: headers)).Origin);

    [Fact]
    public void A_report_is_marked_by_its_kind()
    {
        Assert.Equal(MailOrigin.DeliveryReport, Read(Report("delivery-status")).Origin);
        Assert.Equal(MailOrigin.ReadReceipt, Read(Report("disposition-notification")).Origin);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_name_is_no_path_and_reads_as_it_is(string given, string shown) => Assert.Equal(shown, OneLine.FileName(given, "attachment"));

    [Fact]
    public void The_sender_the_subject_and_the_text_are_read()
    {
        var mail = Read(Eml.Plain("=?utf-8?Q?Caf=C3=A9_report?=", "Dear team,\n\n\n\n\nsee below.  \n"));

        Assert.Equal(("Sam Doyle", "sam@example.org", "Café report"), (mail.SenderName, mail.SenderAddress, mail.Subject));
        Assert.Equal("Dear team,\n\nsee below.", mail.Text);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 9, 15, 0, TimeSpan.Zero), mail.ReceivedAt);
        Assert.Empty(mail.Parts);
    }

    [Fact]
    public void A_web_page_becomes_its_words_and_shows_where_its_links_lead()
    {
        var mail = Read(Eml.Of("""
            From: sam@example.org
            Subject: Page
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            <html><head><title>t</title><style>p{}</style></head><body onload="x()"><script>alert("no")</script>
            <p>First&nbsp;line &amp; more</p><div>See <a href="https://bad.example/x">https://good.example</a></div><img src=x onerror=y><p>End
            """));

        Assert.Equal("First line & more\nSee https://good.example <https://bad.example/x>\nEnd", mail.Text);
    }

    [Fact]
    public void A_blank_plain_form_never_hides_the_text_that_stands_beside_pictures()
    {
        var mail = Read(Eml.Mixed("""
            Content-Type: multipart/alternative; boundary="inner"

            --inner
            Content-Type: text/plain; charset=utf-8


            --inner
            Content-Type: multipart/related; boundary="pictures"

            --pictures
            Content-Type: text/html; charset=utf-8

            <p>We object to the draft.</p><img src="cid:a">
            --pictures
            Content-Type: image/png
            Content-ID: <a>
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --pictures--
            --inner--
            """));

        Assert.Equal("We object to the draft.", mail.Text);
        Assert.Empty(mail.Notes);
    }

    [Fact]
    public void A_message_inside_a_message_that_is_too_long_says_so()
    {
        var mail = Read(Eml.Mixed($"""
            Content-Type: message/rfc822

            From: sam@example.org
            Subject: Long
            Content-Type: text/plain; charset=utf-8

            {string.Concat(Enumerable.Repeat("All the words of this line.\n", 8_000))}
            """));

        Assert.Contains(mail.Notes, note => note.Contains("too long to be shown in full", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_forms_of_one_text_the_plain_one_is_read()
    {
        var mail = Read(Eml.Mixed("""
            Content-Type: multipart/alternative; boundary="inner"

            --inner
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Caf=E9 at nine
            --inner
            Content-Type: multipart/related; boundary="deep"

            --deep
            Content-Type: text/html

            <p>Café at nine</p>
            --deep
            Content-Type: image/png; name="logo.png"
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --deep--
            --inner--
            """, Eml.File("report.pdf", Eml.Pdf)));

        Assert.Equal("Café at nine", mail.Text);
        Assert.Equal(["logo.png", "report.pdf"], mail.Parts.Select(part => part.Name));
    }

    [Fact]
    public void A_message_inside_is_read_with_its_own_files()
    {
        var mail = Read(Eml.Mixed("Content-Type: text/plain\n\nSee below.", $"Content-Type: message/rfc822\n\n{Encoding.UTF8.GetString(Eml.Mixed("Content-Type: text/plain\n\nThe words inside.", Eml.File("inside.pdf", Eml.Pdf))).ReplaceLineEndings("\n").Replace("outer", "within")}"));

        Assert.Equal("See below.", mail.Text);
        Assert.Equal([("1", MailPartKind.Message, "Report"), ("1.1", MailPartKind.File, "inside.pdf")], mail.Parts.Select(part => (part.Number, part.Kind, part.Name)));
        Assert.Equal("From: \"Sam Doyle\" <sam@example.org>\nTo: \nSubject: Report\n\nThe words inside.\n", Encoding.UTF8.GetString(BytesOf(mail.Parts[0])));
        Assert.Equal(Eml.Pdf, Encoding.Latin1.GetString(BytesOf(mail.Parts[1])));
    }

    [Fact]
    public void What_Outlook_packs_is_unpacked()
    {
        var mail = Read(Eml.Mixed(Eml.File("winmail.dat", Eml.Winmail("The words.", "report.pdf", Encoding.ASCII.GetBytes(Eml.Pdf)), "application/ms-tnef")));

        Assert.Equal("The words.", mail.Text);
        var file = Assert.Single(mail.Parts);
        Assert.Equal("report.pdf", file.Name);
        Assert.Equal(Eml.Pdf, Encoding.Latin1.GetString(BytesOf(file)));
    }

    [Theory]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64\n\nMIIB")]
    [InlineData("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"e\"\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e--")]
    public void What_is_sealed_is_named_as_unread(string part)
    {
        var mail = Read(Eml.Mixed(part));

        Assert.Equal(MailPartKind.Sealed, Assert.Single(mail.Parts).Kind);
        Assert.Contains("cannot read it", Assert.Single(mail.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_message_is_read_and_its_signature_is_a_file()
    {
        var mail = Read(Eml.Of("""
            From: sam@example.org
            Subject: Signed
            MIME-Version: 1.0
            Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="s"

            --s
            Content-Type: text/plain

            Signed words.
            --s
            Content-Type: application/pkcs7-signature; name="smime.p7s"
            Content-Transfer-Encoding: base64

            MIIB
            --s--
            """));

        Assert.Equal("Signed words.", mail.Text);
        Assert.Equal("smime.p7s", Assert.Single(mail.Parts).Name);
    }

    [Fact]
    public void What_is_no_message_is_said_to_be_none()
    {
        Assert.NotEmpty(MailReading.Read([]).Reason);
        Assert.NotEmpty(MailReading.Read([0, 1, 2, 3]).Reason);
        Assert.NotEmpty(MailReading.Read(Encoding.ASCII.GetBytes("\r\n\r\nwords")).Reason);
    }

    private static byte[] Report(string type) => Eml.Of($"""
        From: postmaster@example.org
        Subject: Report
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type={type}; boundary="r"

        --r
        Content-Type: text/plain

        Your message.
        --r
        Content-Type: message/{type}

        Reporting-MTA: dns; example.org

        --r--
        """);

    private static ReadMail Read(byte[] raw) => MailReading.Read(raw).Mail ?? throw new InvalidOperationException("It cannot be read.");

    private static byte[] BytesOf(MailPart part) => PartBytes.Of(part, 1_000_000).Bytes ?? throw new InvalidOperationException("It has no bytes.");
}
