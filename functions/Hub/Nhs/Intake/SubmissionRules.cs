using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Decides which types of resource a body is allowed to create and change. The resource type Task has its own rules
/// (<see cref="TaskIntake"/>).</summary>
internal sealed class SubmissionRules(IFhirResourceReader store, SubscriptionRules subscriptions, HandedIn handedIn, FhirEndpointOptions options)
{
    private static readonly string[] Creatable = ["DocumentReference", "Binary", "QuestionnaireResponse", "Bundle", "Subscription"];
    private static readonly string[] Updatable = ["Task", "DocumentReference", "QuestionnaireResponse", "Subscription"];

    /// <summary>Whether this kind of write is allowed for resources of this type.</summary>
    internal static bool Allows(ProposalKind kind, string type) => kind switch
    {
        ProposalKind.Create => Creatable.Contains(type),
        ProposalKind.Update => Updatable.Contains(type),
        _ => type == "Subscription",
    };

    internal async ValueTask CheckAsync(IntakeRound round, IntakeRound.Entry entry, CancellationToken cancellationToken)
    {
        // The author is allowed to read the resource; the rules below also allow the council responsible for the child.
        entry.Readers = [round.Caller.Key];
        switch (entry.After)
        {
            case QuestionnaireResponse response:
                await AboutAsync(round, entry, response, [response.Subject, .. response.BasedOn], cancellationToken);
                break;
            case DocumentReference document:
                await AboutAsync(round, entry, document, [document.Subject, .. document.Context?.Related ?? []], cancellationToken);
                break;
            case Bundle { Type: not Bundle.BundleType.Document }:
                round.Problems.Add(Problem(entry, "Bundle.type", "only a document can be stored as a Bundle; send transactions and batches to the endpoint itself."));
                break;
            case Bundle document:
                await AboutAsync(round, entry, document, [(document.Entry.FirstOrDefault()?.Resource as Composition)?.Subject], cancellationToken);
                break;
            case Binary binary when binary.SecurityContext is not null || SubjectReader.ClaimsToBeFhir(binary):
                await AboutAsync(round, entry, binary, [binary.SecurityContext], cancellationToken);
                break;
            case Subscription subscription:
                round.Problems.AddRange(subscriptions.Check(subscription, isNew: entry.Before is null));
                await HasRoomAsync(round, entry, cancellationToken);
                break;
        }

        if (entry.Before is { } before && entry.After is QuestionnaireResponse or DocumentReference)
        {
            await handedIn.CheckAsync(round, entry, entry.Before!, cancellationToken);
        }
    }

    private async ValueTask HasRoomAsync(IntakeRound round, IntakeRound.Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Before is not null)
        {
            return;
        }

        var kept = (await store.SearchAsync(new ResourceQuery { Type = "Subscription", Reader = round.Caller.Key, Count = 0 }, cancellationToken)).Total;
        var asked = round.Entries.Count(other => other.Before is null && other.After is Subscription);
        if (kept + asked > options.MaxSubscriptions)
        {
            round.Problems.Add(Problem(entry, "Subscription", $"you can have at most {options.MaxSubscriptions} subscriptions; delete a subscription first.") with { Code = OperationOutcome.IssueType.TooCostly });
        }
    }

    // Content must be about a child for whom the caller was sent a request. The child is found from the content's references or, if there
    // are none, from the details in the content. Nothing in the content may contradict that child's details.
    private async ValueTask AboutAsync(IntakeRound round, IntakeRound.Entry entry, Resource content, IEnumerable<ResourceReference?> links, CancellationToken cancellationToken)
    {
        var type = content.TypeName;
        var about = new List<StoredResource>();
        foreach (var reference in links.Select(link => link?.Reference).OfType<string>())
        {
            if (await round.VisibleAsync(reference, cancellationToken) is { } stored)
            {
                about.Add(stored);
            }
            else if (content is not Bundle && References.Local(reference) is { } local && !round.Pending.ContainsKey(local))
            {
                round.Refuse(RefusalReason.NotVisible, type, Problem(entry, type, "must not refer to a resource that the hub does not have.") with { Code = OperationOutcome.IssueType.NotFound });
                return;
            }
        }

        var meant = new List<KnownChild>();
        foreach (var stored in about)
        {
            meant.AddRange(await round.Children.OfAsync(stored, cancellationToken) is { } child && meant.TrueForAll(other => other.Assessment != child.Assessment) ? [child] : []);
        }

        Resource? Find(string reference) => References.Local(reference) is { } local ? round.Pending.GetValueOrDefault(local) : null;
        if (meant.Count > 1)
        {
            round.Refuse(RefusalReason.WrongPatient, type, Problem(entry, type, "must not refer to requests for more than one child."));
            return;
        }

        var isLinked = meant.Count > 0;
        var candidates = isLinked ? meant : await round.Children.MeantByAsync(round, content, Find, cancellationToken);
        var readings = candidates.Select(child => (Child: child, Reading: SubjectReader.Read(content, child, Find, Place(entry)))).ToList();
        var taken = readings.Find(candidate => candidate.Reading.Contradictions.Count == 0 && (candidate.Reading.IsNamed || isLinked));
        if (taken.Child is null)
        {
            var contradictions = readings.Select(candidate => candidate.Reading.Contradictions).FirstOrDefault(problems => problems.Count > 0);
            foreach (var problem in contradictions ?? [NoSubject(content, Place(entry))])
            {
                round.Refuse(contradictions is null ? RefusalReason.NotVisible : RefusalReason.WrongPatient, type, problem);
            }

            return;
        }

        // Other references, such as partOf, must not name another child's request either.
        foreach (var (text, _) in References.In(content).DistinctBy(reference => reference.Text))
        {
            if (await round.VisibleAsync(text, cancellationToken) is { Type: "Task" or "ServiceRequest" } other
                && await round.Children.OfAsync(other, cancellationToken) is { } child && child.Assessment != taken.Child.Assessment)
            {
                round.Refuse(RefusalReason.WrongPatient, type, new FhirProblem(Place(entry), "must not refer to requests for more than one child.", OperationOutcome.IssueType.BusinessRule));
                return;
            }
        }

        var patient = await round.VisibleAsync(taken.Child.References.First(), cancellationToken);
        entry.Readers = [.. entry.Readers.Union(about.Append(patient).OfType<StoredResource>().SelectMany(stored => stored.Readers).Where(IsCouncil))];
    }

    internal static bool IsCouncil(string reader) => reader.StartsWith("la:", StringComparison.Ordinal);

    /// <summary>The FHIRPath of an entry's resource in the submission.</summary>
    internal static string Place(IntakeRound.Entry entry) => entry.Proposal.At switch
    {
        "" or "Task" => entry.Proposal.Type,
        var at when at.EndsWith(".resource", StringComparison.Ordinal) => at,
        var at => $"{at}.resource",
    };

    /// <summary>The problem that is reported if content does not name its subject.</summary>
    internal static FhirProblem NoSubject(Resource content, string place) => new(
        content switch
        {
            Bundle => $"{place}.entry[0].resource.subject",
            Binary => place,
            _ => $"{place}.subject",
        },
        "must name its subject: the Patient, ServiceRequest or Task of a request that was sent to you, or the child's NHS number.",
        OperationOutcome.IssueType.BusinessRule);

    internal static FhirProblem Problem(IntakeRound.Entry entry, string path, string reason) =>
        new(entry.Proposal.At.Length == 0 ? path : $"{entry.Proposal.At}.{path}", reason, OperationOutcome.IssueType.BusinessRule);
}
