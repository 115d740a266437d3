using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>What a body may create and change, type by type. Task has rules of its own (<see cref="TaskIntake"/>).</summary>
internal sealed class SubmissionRules(IFhirResourceStore store, SubscriptionRules subscriptions)
{
    private static readonly string[] Creatable = ["DocumentReference", "Binary", "QuestionnaireResponse", "Bundle", "Subscription"];
    private static readonly string[] Updatable = ["Task", "DocumentReference", "QuestionnaireResponse", "Subscription"];

    /// <summary>May this kind of write happen to this type at all?</summary>
    internal static bool Allows(ProposalKind kind, string type) => kind switch
    {
        ProposalKind.Create => Creatable.Contains(type),
        ProposalKind.Update => Updatable.Contains(type),
        _ => type == "Subscription",
    };

    internal async ValueTask Check(IntakeRound round, IntakeRound.Entry entry, CancellationToken cancel)
    {
        // Who wrote it reads it; the rules below add the council that the child's matter belongs to.
        entry.Readers = [round.Caller.Key];
        switch (entry.After)
        {
            case QuestionnaireResponse response:
                await About(round, entry, "QuestionnaireResponse", response.Subject, response.BasedOn, cancel);
                break;
            case DocumentReference document:
                await About(round, entry, "DocumentReference", document.Subject, document.Context?.Related ?? [], cancel);
                break;
            case Bundle { Type: not Bundle.BundleType.Document }:
                round.Problems.Add(Problem(entry, "Bundle.type", "only a document is kept as a Bundle; transactions and batches go to the endpoint itself."));
                break;
            case Subscription subscription:
                round.Problems.AddRange(subscriptions.Check(subscription, isNew: entry.Before is null));
                break;
        }

        if (entry.Before is { } before && entry.After is QuestionnaireResponse or DocumentReference)
        {
            await NotHandedIn(round, entry, entry.Before!, cancel);
        }
    }

    private static async ValueTask About(IntakeRound round, IntakeRound.Entry entry, string type, ResourceReference? subject, IEnumerable<ResourceReference> links, CancellationToken cancel)
    {
        var about = new List<StoredResource>();
        var asked = links.Select(link => link.Reference).Prepend(subject?.Reference).OfType<string>().ToList();
        foreach (var reference in asked)
        {
            if (await round.Visible(reference, cancel) is { } stored)
            {
                about.Add(stored);
            }
            else if (References.Local(reference) is { } local && !round.Pending.ContainsKey(local))
            {
                round.Refuse(RefusalReason.NotVisible, type, Problem(entry, type, "refers to something that is not here.") with { Code = OperationOutcome.IssueType.NotFound });
                return;
            }
        }

        if (about.Count == 0)
        {
            round.Refuse(RefusalReason.NotVisible, type, Problem(entry, $"{type}.subject", "must say what it is about: the Patient, ServiceRequest or Task of a request that was sent to you."));
            return;
        }

        entry.Readers = [.. entry.Readers.Union(about.SelectMany(stored => stored.Readers).Where(IsCouncil))];
    }

    // Advice that was handed in is part of a statutory record; a correction is a new document.
    private async ValueTask NotHandedIn(IntakeRound round, IntakeRound.Entry entry, StoredResource before, CancellationToken cancel)
    {
        var handedIn = await store.Search(
            new ResourceQuery
            {
                Type = "Task",
                Count = 0,
                All = [new Criterion("output", [new Alternative(Match.Same, before.Reference)]), new Criterion("status", [new Alternative(Match.Same, "completed")])],
            },
            cancel);
        if (handedIn.Total > 0)
        {
            round.Problems.Add(Problem(entry, before.Type, "it is the output of a completed Task and can no longer be changed; send a correction as a new resource."));
        }
    }

    internal static bool IsCouncil(string reader) => reader.StartsWith("la:", StringComparison.Ordinal);

    internal static FhirProblem Problem(IntakeRound.Entry entry, string path, string reason) =>
        new(entry.Proposal.At.Length == 0 ? path : $"{entry.Proposal.At}.{path}", reason, OperationOutcome.IssueType.BusinessRule);
}
