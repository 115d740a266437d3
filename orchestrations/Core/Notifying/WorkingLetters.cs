using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Letters that are part of the work on a case, but on which no time limit depends. Each letter is a notice, so that it is stored,
/// sent and followed up like any other notice.</summary>
internal static class WorkingLetters
{
    /// <summary>Plans a letter that asks the family for something or invites the family to a meeting.</summary>
    internal static void AskFamily(Deciding d, NoticeKind kind, string? asks, DateOnly day, string? place)
    {
        var like = Next(d, kind, RecipientRole.Family) with { Asks = asks, Day = day, Place = place };
        ToFamily(d, like);
    }

    /// <summary>Consults an institution. The draft, or the plan that is to be amended, is sent with the letter.</summary>
    internal static void Consult(Deciding d, Agency institution)
    {
        var version = Amendments.VersionConsulted(d.State);
        Plan(d, Next(d, NoticeKind.InstitutionConsulted, RecipientRole.NamedInstitution) with
        {
            Agency = institution,
            PlanVersion = d.State.Plans.Any(p => p.Version == version) ? version : d.State.NewestPlan?.Version,
        });
    }

    /// <summary>Invites everybody to a review meeting that the council holds. A school that holds a review meeting sends the invitations
    /// itself (regs 20(3), 21(3)).</summary>
    internal static void InviteToReview(Deciding d, DateOnly on, string? place)
    {
        var like = Next(d, NoticeKind.ReviewInvited, RecipientRole.Family) with { Day = on, Place = place };
        ToFamily(d, like);
        if ((d.State.Placement?.Institution ?? d.Facts.Setting) is { } attended)
        {
            Plan(d, like with { To = RecipientRole.Setting, Agency = attended });
        }

        Plan(d, like with { To = RecipientRole.Icb, Agency = d.Facts.Icb });
        Plan(d, like with { To = RecipientRole.SocialCare, Agency = d.Rules.Council.SocialCare });
    }

    /// <summary>The next notice of a kind in the case. The notice has no id until its recipient is known.</summary>
    internal static Notice Next(Deciding d, NoticeKind kind, RecipientRole to) => new()
    {
        Id = "",
        Kind = kind,
        To = to,
        Occasion = d.State.Notices.Where(n => n.Kind == kind).Max(n => n.Occasion) is { } last ? last + 1 : 1,
        PlannedOn = d.Today,
    };

    /// <summary>Plans a notice under an id that includes the recipient.</summary>
    internal static void Plan(Deciding d, Notice notice) => Notices.Plan(d, Named(notice));

    /// <summary>Plans a notice that is already late, and asks an officer to decide whether it should still be sent.</summary>
    internal static void PlanByHand(Deciding d, Notice notice)
    {
        var named = Named(notice);
        d.Happened(new NoticePlanned(named));
        d.AskAttention(Notices.PostId(named.Id), $"The letter \"{Words.Of(named.Kind)}\" is late. Decide whether it should still be sent. If so, send the letter and record the day.");
    }

    private static Notice Named(Notice notice) => notice with
    {
        Id = FormattableString.Invariant($"{Notices.Camel(notice.Kind)}-{notice.Occasion}-{Notices.Camel(notice.To)}{(notice.Person is { } person ? $"-{person}" : "")}"),
    };

    /// <summary>Plans a notice for the first contact and everybody else in the family who must be notified.</summary>
    internal static void ToFamily(Deciding d, Notice like)
    {
        Plan(d, like);
        foreach (var person in FamilyPeople.AlsoTold(d.State, d.Today).ToList())
        {
            Plan(d, like with { Person = person.Id });
        }
    }
}
