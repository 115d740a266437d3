using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>One case that contains data about a person.</summary>
/// <param name="State">The case.</param>
/// <param name="IsTheirs">Whether the person is the child of the case, so that everything in it is about the person.</param>
/// <param name="Items">The items of the case that are about the person.</param>
/// <param name="Others">The other people in the case, each with the row of the review on which an officer decides.</param>
/// <param name="Rows">The rows of the review on which an officer decides.</param>
internal sealed record HeldCase(
    AssessmentState State, bool IsTheirs, IReadOnlyList<HeldItem> Items, IReadOnlyList<(OtherPerson Person, ReviewRow Row)> Others, IReadOnlyList<ReviewRow> Rows);

/// <summary>Everything that a council's cases hold about one person (UK GDPR art 15), with the decisions that an officer must make before
/// it is released.</summary>
/// <param name="store">The store of cases.</param>
/// <param name="documents">The store of plans, letters and documents.</param>
/// <param name="notices">The record of notices sent to people.</param>
/// <param name="log">The access log.</param>
public sealed class SubjectAccessDraft(IAssessmentStore store, IDocumentStore documents, INoticeStore notices, IAccessLog log)
{
    private readonly CaseItems items = new(store, documents, notices, log);
    private readonly MailItems mail = new(documents);

    internal CaseItems Items => items;

    /// <summary>The review, on whose rows an officer decides, or null if the hub holds nothing about the person.</summary>
    /// <exception cref="IOException">A store cannot be read. No answer is then given, because an incomplete answer must not look
    /// complete.</exception>
    public async Task<Review?> ReviewAsync(DataSubject sought, LocalAuthorityCode council, CancellationToken cancellationToken) =>
        await CollectAsync(sought, council, cancellationToken) is { Count: > 0 } cases ? new Review([.. cases.SelectMany(one => one.Rows)]) : null;

    /// <summary>The names of incoming messages that are not filed in a case and that name the person or contain one of the person's
    /// numbers.</summary>
    /// <exception cref="IOException">A store cannot be read.</exception>
    public async Task<IReadOnlyList<string>> UnfiledMailAsync(DataSubject sought, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sought);
        var numbers = await NumbersAsync(sought, council, cancellationToken);
        return [.. (await mail.AllAsync(council, cancellationToken)).Where(one => one.Case is null && one.Names(sought, numbers)).Select(one => one.Name)];
    }

    internal async Task<IReadOnlyList<HeldCase>> CollectAsync(DataSubject sought, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sought);
        var found = new List<HeldCase>();
        using var known = new KnownChildren(store);
        var mails = await mail.AllAsync(council, cancellationToken);
        var numbers = mails.Count == 0 ? new HashSet<string>() : await NumbersAsync(sought, council, cancellationToken);
        IReadOnlyList<HeldMail> loose = [.. mails.Where(one => one.Case is null && one.Names(sought, numbers))];
        foreach (var id in (await AssessmentMover.AllAsync(store, cancellationToken)).Where(id => id.Council == council))
        {
            // Messages that are not filed in any case are included with the first case that is found for the person.
            var state = await StateAsync(id, cancellationToken);
            if (state.Facts is { } facts
                && await CaseAsync(state, facts, sought, ([.. mails.Where(one => one.Case == id)], found.Count == 0 ? loose : []), new ChildrenInPlans(known), cancellationToken) is { } held)
            {
                found.Add(held);
            }
        }

        return found;
    }

    private async ValueTask<AssessmentState> StateAsync(AssessmentId id, CancellationToken cancellationToken) =>
        store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;

    /// <summary>A child's NHS number and UPN, and the references of the child's cases. A message that contains one of these is about the
    /// child even if it does not give the child's name.</summary>
    private async Task<HashSet<string>> NumbersAsync(DataSubject sought, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in (await AssessmentMover.AllAsync(store, cancellationToken)).Where(id => id.Council == council))
        {
            if ((await StateAsync(id, cancellationToken)).Facts is { } facts && sought.Is(facts.Child))
            {
                numbers.UnionWith(new[] { id.Value, facts.Child.NhsNumber?.Value, facts.Child.Upn?.Value }.OfType<string>());
            }
        }

        numbers.UnionWith(new[] { sought.NhsNumber?.Value, sought.Upn?.Value }.OfType<string>());
        return numbers;
    }

    private async Task<HeldCase?> CaseAsync(
        AssessmentState state, OpeningFacts facts, DataSubject sought, (IReadOnlyList<HeldMail> Own, IReadOnlyList<HeldMail> Loose) mails, ChildrenInPlans known, CancellationToken cancellationToken)
    {
        var theirs = sought.Is(facts.Child);
        if (!theirs && sought.IsNamesakeOf(facts.Child))
        {
            return null;
        }

        var all = new List<HeldItem>(await items.OfAsync(state, cancellationToken));
        foreach (var own in mails.Own)
        {
            all.AddRange([.. MailItems.ItemsOf(state.Id, own, all)]);
        }

        IReadOnlyList<HeldItem> about = theirs ? all : [.. all.Where(item => sought.IsIn(item.Title) || Redactor.Texts(item.Content).Any(sought.IsIn))];
        if (about.Count == 0)
        {
            return null;
        }

        foreach (var loose in mails.Loose)
        {
            about = [.. about, .. MailItems.ItemsOf(state.Id, loose, about)];
        }

        IReadOnlyList<(OtherPerson Person, ReviewRow Row)> others = [.. await OthersAsync(all, about, facts, sought, known, cancellationToken), .. Professionals(state, about, sought)];
        return new HeldCase(state, theirs, about, others, [.. others.Select(one => one.Row), .. Harm(state, about), .. Files(about)]);
    }

    private static async Task<IReadOnlyList<(OtherPerson Person, ReviewRow Row)>> OthersAsync(
        IReadOnlyList<HeldItem> all, IReadOnlyList<HeldItem> about, OpeningFacts facts, DataSubject sought, ChildrenInPlans known, CancellationToken cancellationToken)
    {
        var said = about.SelectMany(item => Redactor.Texts(item.Content)).ToList();
        var children = (await known.OthersAsync(said, about[0].Case, cancellationToken))
            .Where(child => !sought.Is($"{child.GivenName} {child.FamilyName}", null) && NameComparison.IsSame(Named(child.GivenName, child.FamilyName), facts.Child) is false)
            .Select(child => OtherPerson.Of("a child in another case", [$"{child.GivenName} {child.FamilyName}", $"{child.FamilyName}, {child.GivenName}"]));
        return
        [
            .. OtherPerson.In(all, sought, facts.Child).Select(person => (person, ReviewRule.OtherPerson)).Concat(children.Select(person => (person, ReviewRule.OtherChild)))
                .Select((one, n) => (one.person, one.Item2, Number: n, Places: about.Where(item => Redactor.Names(item, one.person)).Select(ReviewRow.Place).ToList()))
                .Where(one => one.Places.Count > 0)
                .Select(one => (one.person, ReviewRow.Of(about[0], one.Item2, one.person.Who, one.Places, ReviewDecision.Withhold, one.Number))),
        ];

        Contracts.Parties.Child Named(string given, string family) => facts.Child with { GivenName = given, FamilyName = family };
    }

    private static IEnumerable<(OtherPerson, ReviewRow)> Professionals(AssessmentState state, IReadOnlyList<HeldItem> about, DataSubject sought) =>
        state.Advice.Where(advice => advice.Kind != AdviceKind.FamilyViews && !sought.Is(advice.Content.Author, null))
            .Select((advice, n) => (Author: OtherPerson.Of($"the author of the {Words.Of(advice.Kind)}", [advice.Content.Author]), Number: n))
            .Select(one => (one.Author, one.Number, Places: about.Where(item => Redactor.Names(item, one.Author)).Select(ReviewRow.Place).ToList()))
            .Where(one => one.Places.Count > 0)
            .Select(one => (one.Author, ReviewRow.Of(about[0], ReviewRule.Professional, one.Author.Who, one.Places, ReviewDecision.Disclose, one.Number)));

    private static IEnumerable<ReviewRow> Harm(AssessmentState state, IReadOnlyList<HeldItem> about)
    {
        foreach (var item in about.Where(item => item.Advice is not null))
        {
            var kind = state.Advice.FirstOrDefault(advice => advice.Id == item.Advice)?.Kind ?? AdviceKind.Other;
            yield return ReviewRow.Of(item, ReviewRule.SeriousHarm, kind == AdviceKind.FamilyViews ? "the family's views: who expressed them, and whether that person agrees" : $"{Words.Of(kind)} ({DataOf(kind)})", [ReviewRow.Place(item)], null);
        }

        foreach (var item in about.Where(item => item.Kind == HeldItemKind.Plan))
        {
            yield return ReviewRow.Of(item, ReviewRule.SeriousHarm, "the plan (education, health and social work data)", [ReviewRow.Place(item)], null);
        }
    }

    private static IEnumerable<ReviewRow> Files(IReadOnlyList<HeldItem> about) => about.Where(item => item.Document is not null || item.Kind == HeldItemKind.Message)
        .Select(item => ReviewRow.Of(
            item, ReviewRule.Document, item.Document is not null ? "a document that the program has not read" : "an e-mail: check whether it is about this person, and who else is named in it", [ReviewRow.Place(item)], null));

    private static string DataOf(AdviceKind kind) => kind switch
    {
        AdviceKind.Medical => "health data",
        AdviceKind.SocialCare => "social work data",
        _ => "education data, and any health or social work data in it",
    };
}
