using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>What is done at any stage: letters are posted, failed effects tried again, exceptions claimed, a slip corrected.</summary>
internal static class Housekeeping
{
    /// <summary>Share of cases with an exception: about 7 % of new plans in 2019.</summary>
    private const double WithException = 0.075;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        var (draw, state) = (s.Draw, s.State);
        if (state.Facts!.Family.ElectronicServiceAgreedOn is null)
        {
            foreach (var notice in state.Notices.Where(n => n.To == RecipientRole.Family && n.SentOn is null))
            {
                var since = state.Attention.FirstOrDefault(a => a.Id == $"post-{notice.Id}")?.Since ?? s.Today;
                if (draw.Chance($"misdated {notice.Id}", 0.1))
                {
                    // A slip of the pen, or an attempt to look punctual: it must be refused.
                    yield return VisibleCase.Office(since, $"misdate-{notice.Id}", () => new RecordNoticeSent(notice.Id, since.AddDays(-1), NoticeChannel.Post));
                }

                yield return VisibleCase.Office(since.AddDays(draw.Between($"posted {notice.Id}", 0, 3)), $"post-{notice.Id}", () => new RecordNoticeSent(notice.Id, s.Today, NoticeChannel.Post));
            }
        }

        // A letter that was to be posted stays so when the family has agreed to e-mail since, at the council to which it moved.
        foreach (var notice in state.Notices.Where(n => s.Person.From is not null && state.Facts.Family.ElectronicServiceAgreedOn is not null
            && n is { To: RecipientRole.Family, SentOn: null, Kind: not (NoticeKind.RightsPassedOn or NoticeKind.RightsAreYours) } && state.Attention.Any(a => a.Id == $"post-{n.Id}")))
        {
            yield return VisibleCase.Office(s.Today, $"post-{notice.Id}", () => new RecordNoticeSent(notice.Id, s.Today, NoticeChannel.Post));
        }

        foreach (var late in Late(s))
        {
            yield return late;
        }

        foreach (var failed in state.FailedEffects)
        {
            yield return VisibleCase.Office(failed.On.AddDays(1), $"retry-{failed.EffectId[(failed.EffectId.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')}", () => new RetryEffect(failed.EffectId, "What stood in its way was put right."));
        }

        if (state.Stage.HasEnded())
        {
            yield break;
        }

        foreach (var act in CaseWork(s).Concat(Links(s)).Concat(Pushed(s)))
        {
            yield return act;
        }

        if (draw.Chance("received wrongly", 0.01))
        {
            yield return VisibleCase.Office(s.Person.Facts.ReceivedOn.AddDays(10), "correct", () => new CorrectFacts("The letter was stamped earlier.", s.Person.Facts.ReceivedOn.AddDays(-2)));
        }

        if (draw.Chance("exception", WithException))
        {
            var (ground, from, to) = Exception(s);
            yield return VisibleCase.Office(to.AddDays(2), "except", () => new ClaimException("exception-1", ground, from, to, "A letter.", "Nobody could be met."));
            if (state.Exceptions.Count > 0 && draw.Chance("exception corrected", 0.2))
            {
                yield return VisibleCase.Office(to.AddDays(9), "except-end", () => draw.Chance("taken back", 0.3)
                    ? new EndException("exception-1", "It was another child's letter.")
                    : new EndException("exception-1", "It ended earlier.", to.AddDays(-1)));
            }
        }
    }

    /// <summary>Letters that the hub could send, and leaves to an officer because it is late for them: some are sent still.</summary>
    private static IEnumerable<Act> Late(VisibleCase s) =>
        from notice in s.State.Notices
        where notice is { Kind: NoticeKind.RightsPassedOn or NoticeKind.RightsAreYours, SentOn: null } && s.State.Facts!.Family.ElectronicServiceAgreedOn is not null
        let task = s.State.Attention.FirstOrDefault(a => a.Id == $"post-{notice.Id}")
        where task is not null
        select s.Draw.Chance($"late {notice.Id}", 0.6)
            ? VisibleCase.Office(task.Since.AddDays(2), $"post-{notice.Id}", () => new RecordNoticeSent(notice.Id, s.Today, NoticeChannel.Post))
            : VisibleCase.Office(task.Since.AddDays(2), $"late-{notice.Id}", () => new ResolveAttention(task.Id, "They know it from the school."));

    private static IEnumerable<Act> CaseWork(VisibleCase s)
    {
        if (s.Draw.Chance("has an officer", 0.7))
        {
            yield return VisibleCase.Office(s.Received.AddDays(2), "officer", () => new AssignCaseOfficer($"officer-{s.Draw.Between("officer", 1, 4)}"));
        }
    }

    /// <summary>Links to the family's page: some run out, some are revoked, after which the family may get another.</summary>
    private static IEnumerable<Act> Links(VisibleCase s)
    {
        var draw = s.Draw;
        if (!draw.Chance("link", 0.5))
        {
            yield break;
        }

        yield return VisibleCase.Office(s.Received.AddDays(3), "link-1", () => new IssueFamilyLink("link-1", s.Today.AddDays(draw.Between("link opens", 5, 300))));
        if (draw.Chance("link revoked", 0.5))
        {
            yield return VisibleCase.Office(s.Received.AddDays(draw.Between("link revoked after", 9, 60)), "unlink-1", () => new RevokeFamilyLink("link-1", "It was sent to the wrong address."));
            yield return VisibleCase.Office(s.Received.AddDays(draw.Between("second link after", 62, 70)), "link-2", () => new IssueFamilyLink("link-2", s.Today.AddDays(366)));
        }
    }

    /// <summary>A service that nobody asked sends what it knows. The council is satisfied with it or not; where all three parties are, it is relied on (reg 6(4)).</summary>
    private static IEnumerable<Act> Pushed(VisibleCase s)
    {
        var (draw, state) = (s.Draw, s.State);
        if (!draw.Chance("pushed", 0.1) || state.Stage is not (Stage.Considering or Stage.Assessing))
        {
            yield break;
        }

        var (by, letter) = (England.Outreach(s.Person.Council), new Letter(AdviceKind.Other, 1));
        var on = s.Received.AddDays(draw.Between("pushed after", 4, 50));
        yield return new Act(on, "push", Actors.Of(by), () => new ProposeExistingAdvice(PushedAs, AdviceKind.Other, by, Letters.Advice(s.Person, PushedAs, letter, s.Today), "pushed"), letter);
        if (state.Existing.All(e => e.Id != PushedAs) || draw.Chance("push waits", 0.3))
        {
            yield break;
        }

        var satisfied = draw.Chance("push sufficient", 0.7);
        yield return VisibleCase.Office(on.AddDays(4), "judge-council", () => new AgreeExistingAdvice(PushedAs, AgreeingParty.Council, satisfied));
        if (satisfied && draw.Chance("push relied on", 0.7))
        {
            yield return new Act(on.AddDays(8), "judge-author", Actors.Of(by), () => new AgreeExistingAdvice(PushedAs, AgreeingParty.Author, true));
            yield return new Act(on.AddDays(9), "judge-family", Actors.Family, () => new AgreeExistingAdvice(PushedAs, AgreeingParty.Family, true));
        }
    }

    private const string PushedAs = $"{ExistingAdvice.PushedPrefix}1";

    private static (Ground Ground, DateOnly From, DateOnly To) Exception(VisibleCase s)
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
