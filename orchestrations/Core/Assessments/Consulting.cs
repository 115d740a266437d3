namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The draft is with the family: representations, meeting, institutions, the ICB, a personal budget.</summary>
internal static class Consulting
{
    internal static void Represent(Deciding d, RecordRepresentations input)
    {
        var served = ClockFacts.NewestDraftNotice(d.State);
        if (Form.At(d, "Recording representations", Stage.Consulting)
            && d.Require(served is { ServedOn: not null }, "draft-not-served", "No draft has been served on the family yet.")
            && d.Require(input.Version == served!.PlanVersion, "not-the-newest-draft", $"The newest draft is version {served.PlanVersion}.")
            && Form.Day(d, input.On, "The day of the representations")
            && Form.Text(d, input.Text, "What the family says")
            && d.Require(
                !d.State.Representations.Contains(new Representation(input.Version, input.On, input.Text, input.RequestedInstitution)), "already-recorded", "These representations are on record already."))
        {
            d.Happened(new RepresentationsReceived(input.Version, input.On, input.Text, input.RequestedInstitution));
            if (input.RequestedInstitution is { } asked && d.State.Institutions.All(i => i.Institution.Id != asked.Id))
            {
                d.AskAttention($"consult-{asked.Id.Code}", $"The family asks for an institution: consult {asked.Name} (CFA 2014 s39(2)).");
            }
        }
    }

    internal static void AskForMeeting(Deciding d, AskForMeeting input)
    {
        if (Form.At(d, "Asking for a meeting about the draft", Stage.Consulting)
            && d.Require(d.State.MeetingAskedOn is null, "already-asked", "A meeting was asked for already.")
            && Form.Day(d, input.On, "The day"))
        {
            d.Happened(new MeetingAskedFor(input.On));
            d.AskAttention("meeting", "The family requires a meeting with an officer about the draft (reg 13(1)): hold it and record the day.");
        }
    }

    internal static void MeetingHeld(Deciding d, RecordMeetingHeld input)
    {
        if (Form.At(d, "Recording the meeting", Stage.Consulting)
            && d.Require(d.State.MeetingAskedOn is not null, "no-meeting-asked-for", "No meeting was asked for.")
            && d.Require(d.State.MeetingHeldOn is null, "already-held", "The meeting is on record already.")
            && Form.NotInFuture(d, input.On, "The day of the meeting")
            && d.Require(input.On >= d.State.MeetingAskedOn, "before-it-was-asked-for", "The meeting cannot have been before it was asked for."))
        {
            d.Happened(new MeetingHeld(input.On));
            if (d.State.Attention.Any(a => a.Id == "meeting"))
            {
                d.Happened(new AttentionResolved("meeting", "held"));
            }
        }
    }

    internal static void Consult(Deciding d, ConsultInstitution input)
    {
        if (Form.At(d, "Consulting an institution", Stage.Consulting)
            && Form.Text(d, input.Institution.Name, "The institution's name")
            && d.Require(d.State.Institutions.All(i => i.Institution.Id != input.Institution.Id), "already-consulted", "This institution was consulted already.")
            && Form.Day(d, input.On, "The day of the consultation"))
        {
            d.Happened(new InstitutionConsulted(input.Institution, input.On));
            var waiting = $"consult-{input.Institution.Id.Code}";
            if (d.State.Attention.Any(a => a.Id == waiting))
            {
                d.Happened(new AttentionResolved(waiting, "consulted"));
            }
        }
    }

    internal static void InstitutionAnswer(Deciding d, RecordInstitutionAnswer input)
    {
        var consulted = d.State.Institutions.FirstOrDefault(i => i.Institution.Id == input.Institution);
        if (Form.Open(d)
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == input.Institution, "not-asked", "An institution answers only for itself.")
            && d.Require(consulted is not null, "not-consulted", "This institution was not consulted.")
            && d.Require(consulted!.AnsweredOn is null, "already-answered", "This institution has answered already.")
            && Form.NotInFuture(d, input.On, "The day of the answer")
            && d.Require(input.On >= consulted.On, "before-it-was-asked", "The answer cannot be older than the question.")
            && Form.Text(d, input.Reasons, "The reasons"))
        {
            d.Happened(new InstitutionAnswered(input.Institution, input.On, input.CanMeetNeeds, input.Reasons));
        }
    }

    internal static void IcbAnswer(Deciding d, RecordIcbAgreement input)
    {
        if (Form.At(d, "Recording the ICB's answer on section G", Stage.Consulting)
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == d.Facts.Icb.Id, "not-the-icb", "Only the responsible commissioning body agrees section G.")
            && Form.Text(d, input.AgreedBy, "Who answered for the ICB")
            && Form.Day(d, input.On, "The day")
            && (input.Agreed || Form.Text(d, input.Reasons, "The reasons for not agreeing")))
        {
            var answer = new IcbAnswered(d.State.NewestPlan!.Version, input.Agreed, input.AgreedBy, input.On, input.Reasons);
            if (d.Require(answer != d.State.IcbAnswer, "already-answered", "This answer is on record already."))
            {
                d.Happened(answer);
                if (!input.Agreed)
                {
                    d.AskAttention("icb-not-agreed", "The ICB did not agree to section G: the plan cannot be finalised until it does (reg 12(2)).");
                }
            }
        }
    }

    internal static void AskForBudget(Deciding d, AskForPersonalBudget input)
    {
        if (Form.At(d, "Asking for a personal budget", Stage.Drafting, Stage.Consulting)
            && d.Require(d.State.BudgetAskedOn is null, "already-asked", "A personal budget was asked for already.")
            && Form.Day(d, input.On, "The day"))
        {
            d.Happened(new PersonalBudgetAskedFor(input.On));
            d.AskAttention("personal-budget", "The family asks for a personal budget (CFA 2014 s49): prepare it, or refuse it with reasons.");
        }
    }

    internal static void SettleBudget(Deciding d, SettlePersonalBudget input)
    {
        if (Form.At(d, "Settling the personal budget", Stage.Drafting, Stage.Consulting)
            && d.Require(d.State.BudgetAskedOn is not null, "not-asked-for", "No personal budget was asked for.")
            && d.Require(d.State.Budget is null, "already-settled", "The personal budget is settled already.")
            && Form.Day(d, input.On, "The day")
            && Form.Text(d, input.Text, input.Agreed ? "What the budget secures" : "The reasons for the refusal")
            && d.Require(!input.Agreed || input is { Form: not null, AnnualAmountPounds: > 0 }, "budget-incomplete", "An agreed budget needs its form and its yearly amount."))
        {
            d.Happened(new PersonalBudgetSettled(input));
            if (d.State.Attention.Any(a => a.Id == "personal-budget"))
            {
                d.Happened(new AttentionResolved("personal-budget", "settled"));
            }
        }
    }
}
