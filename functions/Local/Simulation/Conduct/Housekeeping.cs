using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Simulation.Conduct;

/// <summary>What is done at any stage: letters are posted, failed effects tried again, exceptions claimed, a slip corrected.</summary>
internal static class Housekeeping
{
    /// <summary>Share of cases with an exception: about 7 % of new plans in 2019.</summary>
    private const double WithException = 0.075;

    internal static IEnumerable<Act> Acts(Sight s)
    {
        var (draw, state) = (s.Draw, s.State);
        if (state.Facts!.Family.ElectronicServiceAgreedOn is null)
        {
            foreach (var notice in state.Notices.Where(n => n.To == RecipientRole.Family && n.SentOn is null))
            {
                var since = state.Attention.FirstOrDefault(a => a.Id == $"post-{notice.Id}")?.Since ?? s.Today;
                yield return Sight.Office(since.AddDays(draw.Between($"posted {notice.Id}", 0, 3)), $"post-{notice.Id}", () => new RecordNoticeSent(notice.Id, s.Today, NoticeChannel.Post));
            }
        }

        foreach (var failed in state.FailedEffects)
        {
            yield return Sight.Office(failed.On.AddDays(1), $"retry-{failed.EffectId[(failed.EffectId.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')}", () => new RetryEffect(failed.EffectId, "What stood in its way was put right."));
        }

        if (state.Stage.HasEnded())
        {
            yield break;
        }

        if (draw.Chance("received wrongly", 0.01))
        {
            yield return Sight.Office(s.Person.Facts.ReceivedOn.AddDays(10), "correct", () => new CorrectFacts("The letter was stamped earlier.", s.Person.Facts.ReceivedOn.AddDays(-2)));
        }

        if (draw.Chance("exception", WithException))
        {
            var (ground, from, to) = Exception(s);
            yield return Sight.Office(to.AddDays(2), "except", () => new ClaimException("exception-1", ground, from, to, "A letter.", "Nobody could be met."));
            if (state.Exceptions.Count > 0 && draw.Chance("exception corrected", 0.2))
            {
                yield return Sight.Office(to.AddDays(9), "except-end", () => draw.Chance("taken back", 0.3)
                    ? new EndException("exception-1", "It was another child's letter.")
                    : new EndException("exception-1", "It ended earlier.", to.AddDays(-1)));
            }
        }
    }

    private static (Ground Ground, DateOnly From, DateOnly To) Exception(Sight s)
    {
        var draw = s.Draw;
        var received = s.Person.Facts.ReceivedOn;
        if (draw.Chance("closure", 0.2) && s.Person.Facts.SettingKind is SettingKind.School or SettingKind.EarlyYearsProvider)
        {
            var ground = s.Person.Facts.SettingKind == SettingKind.School ? Ground.SchoolClosed : Ground.EarlyYearsProviderClosed;
            return (ground, new DateOnly(received.Year, 7, 22), new DateOnly(received.Year, 9, 1));
        }

        var from = received.AddDays(draw.Between("exception from", 5, 90));
        return draw.Chance("absent", 0.3)
            ? (Ground.AbsentFromArea, from, from.AddDays(draw.Between("absent days", 24, 50)))
            : (Ground.ExceptionalCircumstances, from, from.AddDays(draw.Between("exception days", 3, 40)));
    }
}
