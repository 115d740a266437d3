using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using LegalAct = IntegrationHub.Orchestrations.StatutoryClock.Act;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// What follows a decision that the family disputes: mediation, an appeal with its outcome, or the council takes its refusal back. What
/// an order, a concession or an agreement obliges to is in <see cref="Remedying"/>.
/// </summary>
internal static class Disputing
{
    /// <summary>England in 2024: 22,276 appeals, about 6 % of the decisions that can be appealed.</summary>
    internal const double Appealed = 0.06;

    /// <summary>England in 2021: 5,097 mediations, of which 1,302 went on to the Tribunal: a quarter. The others here are settled by agreement.</summary>
    internal const double Mediated = 0.0255;

    /// <summary>Share of appeals that come after a mediation: the same 1,302 among the appeals.</summary>
    private const double AfterMediation = 0.14;

    /// <summary>An assumption: no figure for refusals that councils take back by themselves is published.</summary>
    private const double Reversed = 0.02;

    /// <summary>A decision made again can be disputed again; a third time is left out.</summary>
    private const int MaxDecisions = 2;

    // Conceded before the response; after it, with a consent order; after it, without; ordered; dismissed; withdrawn. An assumption:
    // published figures say only that the Tribunal finds for nearly all families whom it decides on, and that most councils concede.
    private static readonly double[] Outcomes = [30, 20, 5, 30, 5, 10];
    private const int ByConsent = 1;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        if (s.Person.Years > 0)
        {
            return LivingDisputes.Current(s) is { } current ? Of(current) : [];
        }

        var told = s.State.Notices.Where(n => n.To == RecipientRole.Family && IsAppealable(n.Kind)).ToList();
        if (told is not [.., { SentOn: { } on } notice] || told.Count > MaxDecisions)
        {
            return [];
        }

        return Of(new Dispute(s, notice, on));
    }

    /// <summary>Whether the family disputes the decision, or the council takes it back.</summary>
    internal static bool IsDisputed(Dispute x) => Share(x) < Appealed + Mediated + (x.IsRefusal ? Reversed : 0);

    /// <summary>The day on which the dispute ended; null while it is under way.</summary>
    internal static DateOnly? EndedOn(Dispute x) => x.On(AppealStep.Ordered) ?? x.On(AppealStep.Dismissed) ?? x.On(AppealStep.Withdrawn)
        ?? (Outcome(x) == ByConsent ? null : x.On(AppealStep.Conceded)) ?? x.On(MediationStep.Agreed) ?? (x.IsRefusal ? x.S.State.RefusalReversedOn : null);

    private static IEnumerable<Act> Of(Dispute x) => Share(x) switch
    {
        < Appealed when x.Chance("mediates", AfterMediation) => Mediation(x, settles: false).Concat(Appeal(x)),
        < Appealed => Certificate(x).Concat(Appeal(x)),
        < Appealed + Mediated => Mediation(x, settles: true),
        < Appealed + Mediated + Reversed => Reversal(x),
        _ => [],
    };

    private static double Share(Dispute x) => x.S.Draw.Unit($"dispute {x.Key}") / x.S.Person.Disputed;

    private static int Outcome(Dispute x) => x.S.Draw.Among($"outcome {x.Key}", Outcomes);

    private static bool IsAppealable(NoticeKind kind) => kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan or NoticeKind.FinalPlan;

    private static IEnumerable<Act> Reversal(Dispute x)
    {
        if (x.S.State.Stage is Stage.RefusedToAssess or Stage.NoPlan)
        {
            yield return x.Office(x.Told, "reverse", 10, 90, on => new ReverseRefusal(on, "The new report shows needs that were not known."));
        }
    }

    /// <summary>The family wants no mediation and has the certificate.</summary>
    private static IEnumerable<Act> Certificate(Dispute x)
    {
        if (x.On(MediationStep.NotWanted) is not { } said)
        {
            yield return x.Mediate(MediationStep.NotWanted, x.Told, 5, 45);
        }
        else if (x.On(MediationStep.CertificateIssued) is null)
        {
            yield return x.Mediate(MediationStep.CertificateIssued, said, 1, 6);
        }
    }

    private static IEnumerable<Act> Mediation(Dispute x, bool settles)
    {
        if (x.On(MediationStep.AdviserContacted) is not { } contacted)
        {
            yield return x.Mediate(MediationStep.AdviserContacted, x.Told, 3, 40);
            yield break;
        }

        if (x.On(MediationStep.Wanted) is not { } wanted)
        {
            yield return x.Mediate(MediationStep.Wanted, contacted, 1, 8);
            yield break;
        }

        if (x.IsOfPlan && x.Chance("health issues", 0.3))
        {
            if (x.On(MediationStep.HealthIssuesRaised) is not { } raised)
            {
                yield return x.Mediate(MediationStep.HealthIssuesRaised, wanted, 0, 4);
            }
            else if (x.On(MediationStep.HealthIssuesPassed) is null)
            {
                yield return x.Mediate(MediationStep.HealthIssuesPassed, raised, 0, 7);
            }
        }

        if (!settles && x.Chance("not arranged", 0.2))
        {
            if (x.On(MediationStep.NotArranged) is not { } failed)
            {
                yield return x.Mediate(MediationStep.NotArranged, wanted, 25, 35);
            }
            else if (x.On(MediationStep.CertificateIssued) is null)
            {
                yield return x.Mediate(MediationStep.CertificateIssued, failed, 1, 6);
            }
        }
        else if (x.On(MediationStep.Ended) is not { } ended)
        {
            yield return x.Mediate(MediationStep.Ended, wanted, 8, 42);
        }
        else if (!settles && x.On(MediationStep.CertificateIssued) is null)
        {
            yield return x.Mediate(MediationStep.CertificateIssued, ended, 1, 6);
        }
        else if (settles && x.On(MediationStep.Agreed) is null)
        {
            var remedy = Remedies.Agreed(x);
            DateOnly? other = x.Chance("another day", 0.15) ? ended.AddDays(x.Between("the other day", 20, 60)) : null;
            yield return x.Office(ended, "mediation-agreed", 0, 3, on => new NoteMediation(MediationStep.Agreed, on, remedy, other));
        }
    }

    private static IEnumerable<Act> Appeal(Dispute x)
    {
        if (x.On(AppealStep.Registered) is not { } registered)
        {
            return x.On(MediationStep.CertificateIssued) is { } certified ? [x.Appeal(AppealStep.Registered, certified, 3, 25)] : [];
        }

        var outcome = Outcome(x);
        return Direction(x, registered).Concat(outcome switch
        {
            0 => [x.Appeal(AppealStep.Conceded, registered, 5, 19, Remedies.Conceded(x))],
            ByConsent or 2 => Response(x, registered).Concat(ConcededLate(x, outcome == ByConsent)),
            3 => Response(x, registered).Concat(Ordered(x)),
            4 => Response(x, registered).Append(x.Appeal(AppealStep.Dismissed, registered, 90, 200)),
            _ => [x.Appeal(AppealStep.Withdrawn, registered, 10, 70)],
        });
    }

    /// <summary>Now and then the Tribunal sets a day for the response.</summary>
    private static IEnumerable<Act> Direction(Dispute x, DateOnly registered)
    {
        if (x.Chance("direction", 0.15))
        {
            yield return x.Office(registered, "tribunal-day", 1, 4, on => new RecordTribunalDay(TribunalDayFor.Response, registered.AddDays(x.Between("the Tribunal's day", 25, 60)), on, x.AppealNumber));
        }
    }

    private static IEnumerable<Act> Response(Dispute x, DateOnly registered)
    {
        if (x.Answered is null)
        {
            var (from, to) = x.Chance("late response", 0.12) ? (62, 75) : (20, 38);
            yield return x.Office(registered, "done-response", from, to, on => new RecordAct(LegalAct.AppealAnswered, on, "The response went to the Tribunal.", Appeal: x.AppealNumber));
        }
    }

    private static IEnumerable<Act> ConcededLate(Dispute x, bool byConsent)
    {
        if (x.Answered is not { } answered)
        {
            yield break;
        }

        if (x.On(AppealStep.Conceded) is not { } conceded)
        {
            yield return x.Appeal(AppealStep.Conceded, answered, 5, 40, Remedies.Conceded(x));
        }
        else if (byConsent)
        {
            yield return x.Appeal(AppealStep.Ordered, conceded, 5, 15, Remedies.Conceded(x));
        }
    }

    private static IEnumerable<Act> Ordered(Dispute x)
    {
        if (x.Answered is not { } answered)
        {
            yield break;
        }

        if (x.On(AppealStep.Ordered) is not { } ordered)
        {
            yield return x.Appeal(AppealStep.Ordered, answered, 40, 160, Remedies.Ordered(x));
        }
        else if (x.IsOfPlan && x.Chance("recommendation", 0.25))
        {
            yield return x.Office(ordered, "recommended", 0, 2, on => new RecordRecommendation(on, x.Chance("to health", 0.5) ? "The ICB" : "Social care", "Weekly therapy at school."));
        }
    }
}

/// <summary>The dispute about one decision: draws, and what is on record of it since the family was told.</summary>
/// <param name="S">The case.</param>
/// <param name="Notice">The notice of the decision.</param>
/// <param name="Told">Day on which the family was sent it.</param>
internal sealed record Dispute(VisibleCase S, Notice Notice, DateOnly Told)
{
    internal string Key => Notice.Id;

    /// <summary>The day from which what is on record is of the next dispute.</summary>
    internal DateOnly? Until { get; init; }

    /// <summary>A refusal, which the council can take back.</summary>
    internal bool IsRefusal => Notice.Kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan;

    /// <summary>A decision on a plan that there is.</summary>
    internal bool IsOfPlan => !IsRefusal && Notice.Kind != NoticeKind.WillNotReassess;

    internal DateOnly? Answered => S.State.Acts.Where(a => a.Act == LegalAct.AppealAnswered && a.On >= On(AppealStep.Registered)).Select(a => (DateOnly?)a.On).LastOrDefault();

    /// <summary>The number of the appeal that was registered last; null where the hub gave it none.</summary>
    internal int? AppealNumber => S.State.Appeal.LastOrDefault(a => a.Step == AppealStep.Registered)?.Appeal;

    internal bool Chance(string what, double probability) => S.Draw.Chance($"{what} {Key}", probability);

    internal int Between(string what, int low, int high) => S.Draw.Between($"{what} {Key}", low, high);

    internal DateOnly? On(MediationStep step) => S.State.Mediation.Where(m => m.Step == step && m.On >= Told && !(m.On >= Until)).Select(m => (DateOnly?)m.On).LastOrDefault();

    internal DateOnly? On(AppealStep step) => S.State.Appeal.Where(a => a.Step == step && a.On >= Told && !(a.On >= Until)).Select(a => (DateOnly?)a.On).LastOrDefault();

    internal Act Mediate(MediationStep step, DateOnly after, int from, int to) => Office(after, $"mediation-{step}", from, to, on => new NoteMediation(step, on));

    internal Act Appeal(AppealStep step, DateOnly after, int from, int to, Remedy? remedy = null) => Office(after, $"appeal-{step}", from, to, on => new NoteAppeal(step, on, remedy, Appeal: step == AppealStep.Registered ? null : AppealNumber));

    /// <summary>It happens some days after a day; one in five is entered days later, with the day on which it happened.</summary>
    internal Act Office(DateOnly after, string id, int from, int to, Func<DateOnly, AssessmentInput> input)
    {
        var on = after.AddDays(Between($"{id} after", from, to));
        var entered = Chance($"{id} entered late", 0.2) ? on.AddDays(Between($"{id} entered after", 1, 5)) : on;
        return VisibleCase.Office(entered, $"{id}-{Key}", () => input(on));
    }
}
