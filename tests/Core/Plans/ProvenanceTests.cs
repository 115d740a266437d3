using CsCheck;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

/// <summary>
/// Provenance as a property: whatever kind of line, whoever its author, every member of its provenance is that of the advice it came from,
/// also after it was edited, moved or left out.
/// </summary>
public sealed class ProvenanceTests
{
    private static readonly string[] Agencies = ["ods:RX1", "urn:100001", "la:330/social-care", "la:330/educational-psychology"];

    /// <summary>Every kind of line by the section it is in.</summary>
    private static readonly PlanSectionLetter[] OfAdvice =
    [
        PlanSectionLetter.A, PlanSectionLetter.B, PlanSectionLetter.C, PlanSectionLetter.D, PlanSectionLetter.E,
        PlanSectionLetter.F, PlanSectionLetter.G, PlanSectionLetter.H1, PlanSectionLetter.H2, PlanSectionLetter.K,
    ];

    [Fact]
    public void Every_line_says_the_agency_author_dates_request_and_law_of_its_own_advice()
    {
        var seen = new HashSet<PlanSectionLetter>();
        var edited = 0;
        PlanGenerators.Input.Select(Attributed).Sample(
            input =>
            {
                var plan = PlanAssembly.Assemble(input);
                foreach (var section in plan.Sections)
                {
                    foreach (var line in section.Lines.Where(line => input.Sources.Any(source => source.AdviceId == line.From.Source)))
                    {
                        AssertIsOf(input, line);
                        lock (seen)
                        {
                            seen.Add(section.Letter);
                            edited += line.From.Changes.Count > 0 ? 1 : 0;
                        }
                    }
                }

                // No line of advice lies under another id than that of its advice.
                Assert.All(
                    plan.Sections.SelectMany(section => section.Lines).Where(line => line.Id.Contains('/', StringComparison.Ordinal) && !line.Id.StartsWith("edit", StringComparison.Ordinal)),
                    line => Assert.Equal(line.Id.Split('/')[0], line.From.Source));
            },
            iter: 2_000,
            threads: 1);

        Assert.Equal(OfAdvice.Order(), seen.Where(OfAdvice.Contains).Order());
        Assert.True(edited > 50, $"Only {edited} edited lines were seen.");
    }

    [Fact]
    public void A_line_that_an_officer_reads_out_of_a_document_says_whose_document_it_is() => PlanGenerators.Input.Select(Attributed).Sample(
        input =>
        {
            var read = input.Sources.Select((source, n) => new PlanEdit
            {
                EditId = FormattableString.Invariant($"read-{n}"),
                Section = PlanSectionLetter.B,
                NewText = FormattableString.Invariant($"Read out of document {n}."),
                ReadFromAdvice = source.AdviceId,
                Reason = "It came as a document only.",
                By = "officer",
                On = input.PreparedOn,
                Cause = PlanEditCause.AdviceReadIn,
            }).ToList();
            var plan = PlanAssembly.Assemble(input with { Edits = read });
            var lines = plan.Sections.SelectMany(section => section.Lines).Where(line => line.Id.StartsWith("read-", StringComparison.Ordinal)).ToList();
            Assert.Equal(read.Count, lines.Count);
            foreach (var (line, edit) in lines.OrderBy(line => int.Parse(line.Id[5..], System.Globalization.CultureInfo.InvariantCulture)).Zip(read))
            {
                Assert.Equal(edit.ReadFromAdvice, line.From.Source);
                Assert.Equal("officer", line.From.EditedBy);
                AssertIsOf(input, line);
            }
        },
        iter: 300,
        threads: 1);

    private static void AssertIsOf(PlanInput input, PlanLine line)
    {
        // Two pieces of advice may come under one id in the generator; one of them it must be, whole.
        var told = line.From;
        Assert.Contains(
            input.Sources.Where(source => source.AdviceId == told.Source),
            source => (told.Kind, told.Author, told.AuthorRole, told.Agency, told.AgencyName, told.Request, told.LegalBasis, told.WrittenOn, told.ReceivedOn)
                == (source.Kind, source.Content.Author, source.Content.AuthorRole, source.Agency, source.AgencyName, source.RequestId, source.LegalBasis, source.Content.WrittenOn, (DateOnly?)source.ReceivedOn)
                && (line.Attachment is null || source.Content.Attachments.Contains(line.Attachment)));
    }

    /// <summary>Gives every source an author, agency, dates, request and document of its own, so that none can stand for another.</summary>
    private static PlanInput Attributed(PlanInput input) => input with
    {
        Sources =
        [
            .. input.Sources.Select((source, n) => source with
            {
                Agency = source.Kind == AdviceKind.FamilyViews ? null : Parse(Agencies[n % Agencies.Length]),
                AgencyName = source.Kind == AdviceKind.FamilyViews ? null : FormattableString.Invariant($"Agency {n}"),
                RequestId = FormattableString.Invariant($"request-{n}"),
                LegalBasis = FormattableString.Invariant($"reg 6(1) no {n}"),
                ReceivedOn = new DateOnly(2026, 1, 1).AddDays(n),
                Content = source.Content with
                {
                    Author = FormattableString.Invariant($"Author {n}"),
                    AuthorRole = FormattableString.Invariant($"Role {n}"),
                    WrittenOn = new DateOnly(2025, 1, 1).AddDays(n),
                    Attachments = [new AttachmentRef($"t{n}", $"d{n}.pdf", "application/pdf", 1 + n, new string((char)('a' + n), 64))],
                },
            }),
        ],
    };

    private static AgencyId Parse(string text) => AgencyId.TryParse(text, out var agency, out var problem) ? agency : throw new ArgumentException(problem, nameof(text));
}
