using System.Text;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>No word of a message is changed or left out without a note, whatever the sender's program says about the text.</summary>
public sealed class MailWordsTests
{
    private const string Said = "He waits 4–6 weeks, pays £5 or €6, and doesn’t say “no” … Zoë’s café";

    static MailWordsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", 1252, false)]
    [InlineData("text/html; charset=iso-8859-1", 1252, false)]
    [InlineData("text/plain", 1252, false)]
    [InlineData("text/plain", 65001, false)]
    [InlineData("text/plain; charset=us-ascii", 1252, true)]
    [InlineData("text/plain; charset=us-ascii", 65001, false)]
    [InlineData("text/plain; charset=utf-8", 1252, true)]
    [InlineData("text/html; charset=utf-8", 1252, true)]
    [InlineData("text/plain; charset=no-such-set", 1252, true)]
    [InlineData("text/plain; charset=no-such-set", 65001, true)]
    [InlineData("text/plain; charset=unknown-8bit", 65001, false)]
    [InlineData("text/plain; charset=utf-16", 1200, false)]
    [InlineData("text/plain; charset=windows-1252", 1252, false)]
    public void Text_keeps_its_characters_whatever_set_it_names(string type, int codePage, bool noted)
    {
        var mail = Read(type, Encoding.GetEncoding(codePage).GetBytes(Said));

        Assert.Equal(Said, mail.Text);
        Assert.Equal(noted, mail.Notes.Any(note => note.Contains("character set", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_in_an_encoding_that_is_not_read_has_a_note()
    {
        var mail = Read("text/plain; charset=iso-2022-jp", "\u001B$BF|K\\\u001B(B"u8.ToArray());

        Assert.Equal(mail.Text != "日本", mail.Notes.Any(note => note.Contains("character set", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_header_keeps_the_characters_of_Windows()
    {
        var mail = Read(Eml.Of("From: sam@example.org\nSubject: =?iso-8859-1?Q?4=966_weeks?=\nContent-Type: text/plain\n\nWords."));

        Assert.Equal("4–6 weeks", mail.Subject);
    }

    [Fact]
    public void A_text_file_is_converted_and_a_file_that_is_only_called_a_text_is_not()
    {
        byte[] pdf = [.. "%PDF-1.7\n"u8, 0x80, 0xE2, 0xFF, 0x00, 0x96];
        var mail = Read(Eml.Mixed(
            Eml.File("notes.txt", Encoding.GetEncoding(1252).GetBytes(Said), "text/plain; charset=iso-8859-1"),
            Eml.File("report.pdf", pdf, "text/plain; charset=us-ascii")));

        Assert.Equal(Said, Encoding.UTF8.GetString(BytesOf(mail.Parts[0])));
        Assert.Equal(pdf, BytesOf(mail.Parts[1]));
    }

    [Fact]
    public void A_text_file_that_is_not_in_UTF8_is_refused_in_words_that_say_so()
    {
        var refused = AttachmentForm.Of("text/plain", Encoding.GetEncoding(1252).GetBytes(Said));

        Assert.False(refused.Succeeded);
        Assert.Contains("Save the file again in UTF-8", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_form_that_says_less_than_the_web_page_hides_nothing()
    {
        var mail = Read(Eml.Mixed("""
            Content-Type: multipart/alternative; boundary="inner"

            --inner
            Content-Type: text/plain; charset=utf-8

            Please open this message in a program that shows web pages.
            --inner
            Content-Type: text/html; charset=utf-8

            <p>He hears nothing on the left side.</p>
            --inner--
            """));

        Assert.Equal("Please open this message in a program that shows web pages.", mail.Text);
        Assert.Equal("He hears nothing on the left side.", Encoding.UTF8.GetString(BytesOf(Assert.Single(mail.Parts))).Trim());
        Assert.Contains(mail.Parts[0].Name, Assert.Single(mail.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_forms_that_say_the_same_are_one_text()
    {
        var mail = Read(Eml.Mixed("""
            Content-Type: multipart/alternative; boundary="inner"

            --inner
            Content-Type: text/plain; charset=utf-8

            See the report
            --inner
            Content-Type: text/html; charset=utf-8

            <p>See the <a href="https://example.org/report">report</a></p><img src="cid:a">
            --inner--
            """));

        Assert.Equal("See the report", mail.Text);
        Assert.Empty(mail.Parts);
        Assert.Empty(mail.Notes);
    }

    [Theory]
    [InlineData("<p>One</p><object><p>Two</p>", "One\nTwo")]
    [InlineData("<noscript><p>One</p></noscript><p>Two", "One\nTwo")]
    [InlineData("<dl><dt>Age</dt><dd>4</dd><dd>6</dd></dl>", "Age\n4\n6")]
    [InlineData("<center>One</center><address>Two</address><form>Three</form><main>Four</main>", "One\nTwo\nThree\nFour")]
    [InlineData("<select><option>4<option>6</select>", "4\n6")]
    [InlineData("<p>He needs <s>no</s> <del>little</del> help</p>", "He needs [crossed out: no] [crossed out: little] help")]
    [InlineData("<strike>No<s> help</s>", "[crossed out: No help]")]
    [InlineData("<p>One</s></p>", "One")]
    public void A_web_page_loses_no_word_and_joins_none(string page, string words) => Assert.Equal(words, Read("text/html; charset=utf-8", Encoding.UTF8.GetBytes(page)).Text);

    [Theory]
    [InlineData("multipart/mixed; boundary=other", "--outer\r\nContent-Type: text/plain\r\n\r\nThe words.\r\n--outer--\r\n")]
    [InlineData("multipart/mixed", "The words.\r\n")]
    public void A_message_whose_parts_cannot_be_told_apart_is_shown_whole(string type, string body)
    {
        var mail = Read(type, Encoding.UTF8.GetBytes(body));

        Assert.Contains("The words.", mail.Text, StringComparison.Ordinal);
        Assert.Single(mail.Notes);
    }

    [Fact]
    public void A_message_in_which_nothing_is_found_says_so() =>
        Assert.Contains("no text and no files", Assert.Single(Read("text/html; charset=utf-8", "<title>The words"u8.ToArray()).Notes), StringComparison.Ordinal);

    private static ReadMail Read(string type, byte[] body) =>
        Read([.. Encoding.ASCII.GetBytes($"From: sam@example.org\r\nSubject: Words\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {(type.StartsWith("multipart", StringComparison.Ordinal) ? "8bit" : "base64")}\r\n\r\n"),
            .. type.StartsWith("multipart", StringComparison.Ordinal) ? body : Encoding.ASCII.GetBytes(Convert.ToBase64String(body))]);

    private static ReadMail Read(byte[] raw) => MailReading.Read(raw).Mail ?? throw new InvalidOperationException("It cannot be read.");

    private static byte[] BytesOf(MailPart part) => PartBytes.Of(part, 1_000_000).Bytes ?? throw new InvalidOperationException("It has no bytes.");
}
