namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>What a rule set must satisfy before a limit is computed from it: a slip here would be a wrong date in every case.</summary>
internal static class RuleSetCheck
{
    internal static IReadOnlyList<string> Problems(RuleSetDocument document)
    {
        var problems = new List<string>();
        Text(problems, "the header", document.Id, document.Version, document.Jurisdiction, document.Title, document.Sources);
        foreach (var twice in document.Rules.GroupBy(rule => rule.Key).Where(group => group.Count() > 1))
        {
            problems.Add($"rule {twice.Key} stands in it {twice.Count()} times.");
        }

        foreach (var twice in document.Grounds.GroupBy(ground => ground.Ground).Where(group => group.Count() > 1))
        {
            problems.Add($"ground {Grounds.Name(twice.Key)} stands in it {twice.Count()} times.");
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

        if ((rule.Length is null) != (rule.Unit == LengthUnit.AsSoonAsPracticable))
        {
            problems.Add($"{name}: a length is needed exactly when the unit is one of time.");
        }

        if ((rule.Length < 0) != (rule.Starts == StartEvent.FinalPlanDue))
        {
            problems.Add($"{name}: a length is negative exactly when it is counted back from a due day.");
        }

        if (rule.Starts == StartEvent.FinalPlanDue && (rule.Unit != LengthUnit.Days || document.Rules.Count(other => other.Key == Clock.FinalPlan) != 1))
        {
            problems.Add($"{name} counts days back from {Clock.FinalPlan}, which the set must have.");
        }

        if ((rule.Remedy is null) == (rule.Starts is StartEvent.TribunalOrder or StartEvent.AgreementReached or StartEvent.AppealConceded))
        {
            problems.Add($"{name}: a remedy is named exactly when the rule starts from an order, an agreement or a concession.");
        }

        if (rule.OrIfLater is not null && rule.OrIfLater is not { Starts: StartEvent.CertificateIssued, Unit: not LengthUnit.AsSoonAsPracticable, Length: > 0 })
        {
            problems.Add($"{name}: a second period has a length and starts from the certificate.");
        }

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

    private static void Ground(List<string> problems, GroundRule ground, RuleSetDocument document)
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

                // Reg 44(3) has its own list: A to E must never reach a tribunal order, nor its grounds an assessment.
                else if ((ground.List == GroundList.TribunalOrder) != (rule.Starts == StartEvent.TribunalOrder))
                {
                    problems.Add($"{name} belongs to the other list of grounds than {key}.");
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
