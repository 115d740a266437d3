namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>Checks a rule set before time limits are computed from it, because a mistake in the rule set would give wrong dates in every
/// case.</summary>
internal static class RuleSetCheck
{
    internal static IReadOnlyList<string> Problems(RuleSetDocument document)
    {
        var problems = new List<string>();
        Text(problems, "the header", document.Id, document.Version, document.Jurisdiction, document.Title, document.Sources);
        foreach (var twice in document.Rules.GroupBy(rule => rule.Key).Where(group => group.Count() > 1))
        {
            problems.Add($"rule {twice.Key} occurs {twice.Count()} times.");
        }

        foreach (var twice in document.Grounds.GroupBy(ground => ground.Ground).Where(group => group.Count() > 1))
        {
            problems.Add($"ground {Grounds.Name(twice.Key)} occurs {twice.Count()} times.");
        }

        foreach (var starts in new[] { StartEvent.AdviceReceivedByBody, StartEvent.AdviceReceivedByOther, StartEvent.DraftServed, StartEvent.InstitutionConsulted })
        {
            if (document.Rules.All(rule => rule.Starts != starts || rule.Length is null))
            {
                problems.Add($"no rule with a length runs from {starts}, but the chase ladder and the forecast need such a rule.");
            }
        }

        if (document.Suspends is { } suspends && (string.IsNullOrWhiteSpace(suspends.Citation) || (!suspends.Verified && string.IsNullOrWhiteSpace(suspends.Note))
            || suspends.Rules.Any(key => document.Rules.Any(rule => rule.Key == key))))
        {
            problems.Add("the suspension needs a citation, needs a note if the citation is not verified, and must not name a rule of the set itself.");
        }

        document.Rules.ToList().ForEach(rule => Rule(problems, rule, document));
        document.Grounds.ToList().ForEach(ground => Ground(problems, ground, document));
        return problems;
    }

    private static void Rule(List<string> problems, Rule rule, RuleSetDocument document)
    {
        var name = $"rule {rule.Key}";
        Text(problems, name, rule.Key, rule.Title, rule.StoppedBy);
        if (string.IsNullOrWhiteSpace(rule.Citation))
        {
            problems.Add($"{name} has no citation.");
        }

        if (!rule.Verified && string.IsNullOrWhiteSpace(rule.Note))
        {
            problems.Add($"{name} is not verified and no note says what to check.");
        }

        if ((rule.Length is null) != (rule.Unit is LengthUnit.AsSoonAsPracticable or LengthUnit.DayOfYear))
        {
            problems.Add($"{name} must have a length if its unit is a unit of time, and no length otherwise.");
        }

        if (rule.Length < 0 ? !IsCountedBack(rule.Starts) : rule.Starts == StartEvent.FinalPlanDue)
        {
            problems.Add($"{name}: the length must be negative if it is counted back from a due day or from a day that is known in advance, and positive otherwise.");
        }

        if ((rule.FixedDay is null) != (rule.Unit != LengthUnit.DayOfYear)
            || rule.FixedDay is { } day && (day.Month is < 1 or > 12 || day.Day < 1 || day.Day > DateTime.DaysInMonth(2023, day.Month)))
        {
            problems.Add($"{name} must name a day that exists in every year if its unit is the day of the year, and no such day otherwise.");
        }

        if (rule.InForceTo < (rule.InForceFrom ?? document.InForceFrom))
        {
            problems.Add($"{name} ends before it begins.");
        }

        if (rule.Starts == StartEvent.FinalPlanDue && (rule.Unit != LengthUnit.Days || document.Rules.Count(other => other.Key == Clock.FinalPlan) != 1))
        {
            problems.Add($"{name} counts days back from {Clock.FinalPlan}, which the set must have.");
        }

        if ((rule.Remedy is null) == (rule.Starts is StartEvent.TribunalOrder or StartEvent.AgreementReached or StartEvent.AppealConceded))
        {
            problems.Add($"{name} must name a remedy if it starts from an order, an agreement or a concession, and no remedy otherwise.");
        }

        if (rule.OrIfLater is not null
            && rule.OrIfLater is not { Starts: StartEvent.CertificateIssued or StartEvent.TransferredIn, Unit: <= LengthUnit.WorkingDays, Length: > 0 })
        {
            problems.Add($"{name}: a second period must have a length and start from the certificate or the transfer.");
        }

        if (rule.IfUnaware is not null
            && (rule.OrIfLater is not null || rule.IfUnaware is not { Starts: StartEvent.AwareOfMove or StartEvent.AwareOfIcbChange, Unit: <= LengthUnit.WorkingDays, Length: > 0 }))
        {
            problems.Add($"{name}: a period for a council that was unaware must have a length and start from becoming aware, and there must be no other second period.");
        }

        MetBy(problems, name, rule, document);
        if (rule.FromReceipt && (rule.Counting != Counting.After || rule.Unit is not (LengthUnit.Days or LengthUnit.Weeks)))
        {
            problems.Add($"{name}: only days or weeks counted after a day can follow the counting practice.");
        }

        foreach (var ground in rule.RelievedBy)
        {
            if (document.Grounds.FirstOrDefault(other => other.Ground == ground)?.For(rule.Key) is null)
            {
                problems.Add($"{name} is relieved by {Grounds.Name(ground)}, but that ground does not cite a paragraph for it.");
            }
        }
    }

    // A time limit that nothing can meet would be missed in every case.
    private static void MetBy(List<string> problems, string name, Rule rule, RuleSetDocument document)
    {
        if (!rule.MetBy.IsClear)
        {
            problems.Add($"{name} must be met in exactly one way: by notices, by acts, by an act of others that nobody records, or by nothing because it is only for planning.");
            return;
        }

        if (rule.MetBy.Kind == MetByKind.Notice && (rule.MustBeTold.Count == 0 || rule.MustBeTold.Any(party => !IsSentNotices(party))))
        {
            problems.Add($"{name} is met by a notice, so mustBeTold must name at least one recipient, and only parties that receive notices.");
        }

        if ((rule.MetBy.Kind == MetByKind.Nothing) != (rule.MetBy.PlanningOnly && rule.Binding == Binding.Planning))
        {
            problems.Add($"{name} is a duty, so something must meet it; only a planning date can be met by nothing.");
        }

        if (rule.MetBy.Kind == MetByKind.OthersAct && rule.MetBy.By == Party.Council)
        {
            problems.Add($"{name} is met by an act of others, but is the council's duty.");
        }

        if (rule.MetBy.Kind is MetByKind.Notice or MetByKind.Act && string.IsNullOrWhiteSpace(rule.MetBy.Awaits))
        {
            problems.Add($"{name} does not say what is awaited while it is open.");
        }

        foreach (var act in rule.MetBy.Acts.Concat(rule.EndedBy).Where(act => StartsOf(act) is { } starts && !starts.Contains(rule.Starts)))
        {
            problems.Add($"{name}: {act} belongs to limits with a different start.");
        }

        foreach (var key in rule.Replaces.Where(key => key == rule.Key || document.Rules.All(other => other.Key != key)))
        {
            problems.Add($"{name} replaces {key}, which is not another rule of the set.");
        }
    }

    private static bool IsSentNotices(Party party) =>
        party is Party.Family or Party.IntegratedCareBoard or Party.SocialServices or Party.SettingLead or Party.NamedInstitution
            or Party.PersonInCharge or Party.HealthServicesCommissioner or Party.YouthOffendingTeam;

    // For an action that concerns one request, one institution or one remedy: the facts from which the limits that it can meet or end must
    // run. Null for any other action.
    private static StartEvent[]? StartsOf(Act act) => act switch
    {
        Act.AdviceAnswered or Act.AdviceNotOwed => [StartEvent.AdviceReceivedByBody, StartEvent.AdviceReceivedByOther],
        Act.InstitutionAnswered => [StartEvent.InstitutionConsulted],
        Act.RemedyCarriedOut => [StartEvent.TribunalOrder, StartEvent.AgreementReached, StartEvent.AppealConceded],
        _ => null,
    };

    private static bool IsCountedBack(StartEvent start) =>
        start is StartEvent.FinalPlanDue or StartEvent.ReviewMeeting or StartEvent.Post16Move;

    private static void Ground(List<string> problems, ExceptionGround ground, RuleSetDocument document)
    {
        var name = $"ground {Grounds.Name(ground.Ground)}";
        Text(problems, name, ground.Title);
        var test = ground.Test;
        var complete = test.Kind switch
        {
            GroundTestKind.Closure => test is { MinimumDays: > 0, AskedFromDaysBefore: >= 0, AskedUntilDaysBefore: >= 0, AdviceKinds.Count: > 0 },
            GroundTestKind.DaysInARow => test.MinimumDays > 0,
            _ => true,
        };
        if (!complete)
        {
            problems.Add($"{name}: its test lacks numbers.");
        }

        foreach (var relief in ground.Relieves)
        {
            if (string.IsNullOrWhiteSpace(relief.Citation))
            {
                problems.Add($"{name} relieves {string.Join(", ", relief.Rules)} without a citation.");
            }

            if (!relief.Verified && string.IsNullOrWhiteSpace(relief.Note))
            {
                problems.Add($"{name}: {relief.Citation} is not verified and no note says what to check.");
            }

            foreach (var key in relief.Rules)
            {
                var rule = document.Rules.FirstOrDefault(other => other.Key == key);
                if (rule is null || !rule.RelievedBy.Contains(ground.Ground))
                {
                    problems.Add($"{name} relieves {key}, but the rule does not name the ground.");
                }

                // Regs 44(3) and 45(7) have their own list of grounds: A to E must never apply to an order or a concession, and the other
                // grounds must never apply to an assessment.
                else if ((ground.List == GroundList.TribunalOrder) != (rule.Starts is StartEvent.TribunalOrder or StartEvent.AppealConceded))
                {
                    problems.Add($"{name} belongs to a different list of grounds from {key}.");
                }
            }
        }
    }

    private static void Text(List<string> problems, string name, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                problems.Add($"{name} has an empty text.");
            }
        }
    }
}
