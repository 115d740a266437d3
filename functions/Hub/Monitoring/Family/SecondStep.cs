using System.Globalization;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>The result of an answer to the second step.</summary>
public enum StepOutcome
{
    /// <summary>The answer was right.</summary>
    Passed,

    /// <summary>The answer was wrong.</summary>
    Wrong,

    /// <summary>The answer was wrong too often, and the link no longer works.</summary>
    Revoked,

    /// <summary>A code was sent to the address on record.</summary>
    CodeSent,

    /// <summary>No code could be sent.</summary>
    CodeNotSent,

    /// <summary>Too many codes were sent in the last quarter of an hour, so no code is sent now.</summary>
    TooManyCodes,
}

/// <summary>
/// The question that a reader must answer before a link shows personal data (docs/adr/0013). A member of the family gives the child's date
/// of birth, which no message contains. A reader at an agency gives a code that has just been sent to the agency's address in the hub's
/// directory. The code is valid only in the browser that requested it.
/// </summary>
public sealed class SecondStep(
    IDataProtectionProvider protection, ReaderLinks links, INoticeChannel channel, NoticeDirectory directory, MonitorOptions options, TakeInput take, TimeProvider time)
{
    private const string Cookie = "hub-letter";
    private const string Asked = "hub-letter-asked";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private readonly SealedCookies cookies = new(protection.CreateProtector("letters"), options.DevelopmentSignIn);
    private readonly BrowserCodes codes = new(new SealedCookies(protection.CreateProtector("letters"), options.DevelopmentSignIn), Asked, time);
    private readonly WrongAnswers wrong = new();

    /// <summary>Whether this browser has answered correctly for this reader of this case within the last half hour.</summary>
    internal bool HasPassed(HttpContext http, OpenedLetter letter) =>
        cookies.Read(http, Cookie) is [var who, var until]
        && who == Who(letter) && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && time.GetUtcNow().ToUnixTimeSeconds() < end;

    /// <summary>Checks an answer.</summary>
    internal async Task<StepOutcome> AnswerAsync(HttpContext http, OpenedLetter letter, IFormCollection form, CancellationToken cancellationToken)
    {
        if (letter.Notice.To != RecipientRole.Family && form["send"] == "code")
        {
            return await SendCodeAsync(http, letter, cancellationToken);
        }

        var path = links.PathOfLetter(letter.State.Id, letter.Notice);
        var link = ReaderLinks.HashOf(path);
        var isOfFamily = letter.Notice.To == RecipientRole.Family;
        if (isOfFamily ? IsBirthday(letter, form) : codes.IsCode(http, path, form["code"].ToString(), browser => links.OneTime(letter.State.Id, letter.Notice, browser)))
        {
            wrong.Forget(link);
            if (!isOfFamily)
            {
                codes.Forget(http, path);
            }

            cookies.Write(http, Cookie, "/letters", null, Who(letter), (time.GetUtcNow() + Lasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            return StepOutcome.Passed;
        }

        if (!wrong.IsOneTooMany(link))
        {
            return StepOutcome.Wrong;
        }

        await take(
            new Delivery
            {
                Assessment = letter.State.Id,
                MessageId = $"letter-link/{link[..32]}",
                By = Actor.TheHub,
                ReceivedAt = time.GetUtcNow(),
                Input = new RevokeLetterLink(letter.Notice.Id, FormattableString.Invariant($"{WrongAnswers.Max} wrong answers were given to the question on the page.")),
            },
            null, cancellationToken);
        wrong.Forget(link);
        return StepOutcome.Revoked;
    }

    private static string Who(OpenedLetter letter) => $"{letter.State.Id}/{letter.Reader}";

    private static bool IsBirthday(OpenedLetter letter, IFormCollection form) =>
        int.TryParse(form["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && int.TryParse(form["month"], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
        && int.TryParse(form["day"], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
        && letter.State.Facts!.Child.DateOfBirth is var born && (born.Year, born.Month, born.Day) == (year, month, day);

    private async Task<StepOutcome> SendCodeAsync(HttpContext http, OpenedLetter letter, CancellationToken cancellationToken)
    {
        var (state, notice) = (letter.State, letter.Notice);
        if (directory.Find(NoticeDirectory.Key(notice.Agency!.Id.Value, AssessmentNotices.ForNotices)) is not { } address || !channel.Takes(address, state.Id.Council.Value))
        {
            return StepOutcome.CodeNotSent;
        }

        return await codes.SendAsync(http, links.PathOfLetter(state.Id, notice), links.PathOfLetter(state.Id, notice), async browser =>
        {
            var (subject, text) = NoticeWording.Default.Code(state.Id.Value, links.OneTime(state.Id, notice, browser));
            var sent = await channel.SendAsync(
                new NoticeMessage($"{state.Id}/{notice.Id}/code/{browser}", Words.Of(notice.To), address, subject, text) { Council = state.Id.Council.Value }, cancellationToken);
            return sent.Fault == EffectFault.None;
        }) switch
        {
            CodeSending.Sent => StepOutcome.CodeSent,
            CodeSending.TooMany => StepOutcome.TooManyCodes,
            _ => StepOutcome.CodeNotSent,
        };
    }
}
