using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>The plan is drafted, talked over with the family, the institution and the board, and finalised.</summary>
internal static class PlanMaking
{
    private const int FamilysDays = 15;
    private static readonly AdviceKind[] AlwaysSought = [AdviceKind.Educational, AdviceKind.Medical, AdviceKind.Psychological, AdviceKind.SocialCare];

    internal static IEnumerable<Act> Draft(VisibleCase s)
    {
        var on = s.State.PlanDecision!.On.AddDays(s.Draw.Among("drafting", [60, 30, 10]) switch
        {
            0 => s.Draw.Between("drafted after", 1, 11),
            1 => s.Draw.Between("drafted after", 12, 45),
            _ => s.Draw.Between("drafted after", 51, 150),
        });
        return [.. Gathering.ForAdulthood(s), .. LetStand(s, on), Again(s, on, "draft", () => new PrepareDraft())];
    }

    internal static IEnumerable<Act> Consult(VisibleCase s)
    {
        var (draw, state) = (s.Draw, s.State);
        var plan = state.NewestPlan!;
        var draftedOn = plan.PreparedOn;
        var listed = plan.Section(PlanSectionLetter.K).Lines.Select(l => l.From.Source).ToHashSet(StringComparer.Ordinal);
        if (state.Advice.FirstOrDefault(a => a.Counts && !listed.Contains(a.Id)) is { } late)
        {
            // Code 9.125: what came after the draft enters the plan only through a draft that is issued again.
            foreach (var act in LetStand(s, late.ReceivedOn.AddDays(3)).Append(VisibleCase.Office(late.ReceivedOn.AddDays(3), $"draft-with-{late.Id}", () => new PrepareDraft())))
            {
                yield return act;
            }

            yield break;
        }

        if (state.Advice.FirstOrDefault(a => !a.Counts && listed.Contains(a.Id)) is { } gone)
        {
            // What its author corrected or took back must not stay in what the family has.
            yield return VisibleCase.Office(s.Today, $"draft-without-{gone.Id}", () => new PrepareDraft());
        }

        foreach (var act in Family(s, plan).Concat(Institution(s, plan)).Concat(Gathering.ForAdulthood(s)))
        {
            yield return act;
        }

        var needsBoard = plan.Section(PlanSectionLetter.G).Lines.Count > 0;
        if (needsBoard && state.IcbAnswer is not { Agreed: true } && draw.Chance("board declines", 0.05) && state.IcbAnswer?.Version != plan.Version)
        {
            yield return new Act(draftedOn.AddDays(7), $"board-no-{plan.Version}", Actors.Of(s.Person.Council.Icb), () => new RecordIcbAgreement(false, "Designated officer", s.Today, "Not commissioned."));
        }

        if (needsBoard && (state.IcbAnswer is not { Agreed: true } || state.IcbAnswer.Version != plan.Version))
        {
            yield return new Act(draftedOn.AddDays(draw.Between("board agrees", 8, 24)), $"board-yes-{plan.Version}", Actors.Of(s.Person.Council.Icb), () => new RecordIcbAgreement(true, "Designated officer", s.Today));
        }

        var served = state.Notices.LastOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == plan.Version)?.ServedOn;
        if (served is { } from && state.Placement is not null
            && (!needsBoard || (state.IcbAnswer is { Agreed: true } answer && answer.Version == plan.Version))
            && (state.MeetingAskedOn is null || state.MeetingHeldOn is not null)
            && (state.BudgetAskedOn is null || state.Budget is not null))
        {
            var on = from.AddDays(FamilysDays + (draw.Chance("finalised late", 0.16) ? draw.Between("finalised after", 10, 110) : draw.Between("finalised after", 0, 5)));
            foreach (var act in LetStand(s, on))
            {
                yield return act;
            }

            yield return Again(s, on, FormattableString.Invariant($"final-{plan.Version}"), () => new FinalisePlan("Officer"));
        }
    }

    /// <summary>What was refused is tried again a week later.</summary>
    internal static Act Again(VisibleCase s, DateOnly on, string id, Func<AssessmentInput> input)
    {
        var tried = 0;
        while (s.Ledger.IsAnswered($"{id}-{tried}"))
        {
            on = s.Ledger.Messages[$"{id}-{tried}"].Day.AddDays(7);
            tried++;
        }

        return VisibleCase.Office(on, $"{id}-{tried}", input);
    }

    private static IEnumerable<Act> Family(VisibleCase s, PlanDocument plan)
    {
        var (draw, state) = (s.Draw, s.State);
        if (state.Notices.LastOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == plan.Version)?.ServedOn is not { } served)
        {
            yield break;
        }

        if (draw.Chance("represents", 0.45))
        {
            var wanted = draw.Chance("wants an institution", 0.5) ? England.SpecialSchool(s.Person.Council, draw.Between("institution", 0, 8)) : null;
            yield return new Act(served.AddDays(draw.Between("represents after", 1, 14)), $"represent-{plan.Version}", Actors.Family, () => new RecordRepresentations(plan.Version, s.Today, "We would like more time with the therapist.", wanted));
        }

        if (draw.Chance("meeting", 0.1))
        {
            yield return new Act(served.AddDays(draw.Between("meeting after", 1, 12)), "meeting", Actors.Family, () => new AskForMeeting(s.Today));
            if (state.MeetingAskedOn is { } asked && state.MeetingHeldOn is null)
            {
                yield return VisibleCase.Office(asked.AddDays(draw.Between("met after", 3, 20)), "met", () => new RecordMeetingHeld(s.Today));
            }
        }

        if (draw.Chance("budget", 0.05))
        {
            yield return new Act(served.AddDays(draw.Between("budget after", 1, 10)), "budget", Actors.Family, () => new AskForPersonalBudget(s.Today));
            if (state.BudgetAskedOn is { } asked && state.Budget is null)
            {
                yield return VisibleCase.Office(asked.AddDays(draw.Between("settled after", 3, 25)), "settle", () => draw.Chance("budget agreed", 0.6)
                    ? new SettlePersonalBudget(true, s.Today, "Transport to the club.", PersonalBudgetForm.Notional, 1200)
                    : new SettlePersonalBudget(false, s.Today, "The provision is made by the school."));
            }
        }
    }

    private static IEnumerable<Act> Institution(VisibleCase s, PlanDocument plan)
    {
        var (draw, state) = (s.Draw, s.State);
        Agency? wanted = null;
        foreach (var representation in state.Representations)
        {
            wanted = representation.RequestedInstitution ?? wanted;
        }

        var institution = wanted ?? England.SpecialSchool(s.Person.Council, draw.Between("council's choice", 0, 8));
        var consulted = state.Institutions.FirstOrDefault(i => i.Institution.Id == institution.Id);
        if (consulted is null)
        {
            // A wish that comes when the placement is already named does not change it in this country.
            if (state.Placement is null)
            {
                yield return VisibleCase.Office(plan.PreparedOn.AddDays(draw.Between("consulted institution after", 1, 7)), $"consult-{institution.Id.Code}", () => new ConsultInstitution(institution, s.Today));
            }

            yield break;
        }

        if (consulted.AnsweredOn is null && !draw.Chance("institution silent", 0.08))
        {
            var days = draw.Chance("institution late", 0.25) ? draw.Between("institution answers", 16, 40) : draw.Between("institution answers", 3, 15);
            yield return new Act(consulted.On.AddDays(days), $"place-{institution.Id.Code}", Actors.Of(institution), () => new RecordInstitutionAnswer(institution.Id, s.Today, !draw.Chance("cannot meet needs", 0.1), "See our letter."));
        }

        if (state.Placement is null)
        {
            var on = consulted.AnsweredOn?.AddDays(draw.Between("placed after", 0, 6)) ?? consulted.On.AddDays(22);
            yield return VisibleCase.Office(on, $"name-{institution.Id.Code}", () => new NamePlacement("Special school", institution));
        }
    }

    /// <summary>Advice that nobody waits for any more is a finding on the plan; an officer answers for it.</summary>
    private static IEnumerable<Act> LetStand(VisibleCase s, DateOnly on) =>
        s.State.Requests.Where(r => r.IsOpen && AlwaysSought.Contains(r.Kind) && !s.State.AcceptedFindings.Any(f => f.Code == PlanFindingCodes.AdviceOutstanding && f.LineId == r.Id))
            .Select(r => VisibleCase.Office(on, $"stand-{r.Id}", () => new AcceptPlanFinding(PlanFindingCodes.AdviceOutstanding, "It could not be had in time.", r.Id)));
}
