using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>An organisation's list reads the cases in which it is asked for something now, not every plan for which it was ever asked.</summary>
public sealed class AgencyListReadingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_whose_review_was_decided_or_that_asks_nobody_is_not_read_for_the_list()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 11, 0, 0, TimeSpan.Zero));
        var rules = new RuleBook([Cases.Profile], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var store = new CountedStore(rules, time);
        for (var n = 0; n < 12; n++)
        {
            await IssuedAsync(n);
        }

        // Three reviews ask it; nothing else does.
        foreach (var n in new[] { 2, 5, 7 })
        {
            await store.SayAsync(Id(n), "review", new ArrangeReview(new DateOnly(2026, 3, 2), ReviewArranger.School, Reviewed.Everyone));
            await store.SayAsync(Id(n), "advice", new RequestReviewAdvice(AdviceKind.Medical, Cases.Hospital));
        }

        await store.SayAsync(Id(12), "open", new OpenAssessment(Cases.Facts));
        var options = new NoticeOptions();
        var resolver = new ContributorLinkResolver(
            store, new ReaderLinks([new byte[32]], "https://hub.example"), rules, new AgencyDirectory([]), options, new NoticeDirectory([]), time);
        var who = new Contributor("issuer", "subject", Cases.Hospital.Id);
        Assert.Equal((3, 3, 3), await ListedAsync());

        // A request that is open stays in the list however long ago it was made.
        time.Advance(TimeSpan.FromDays(options.AnswerLinkDays + 10));
        Assert.Equal((3, 3, 3), await ListedAsync());

        async Task<(int Requests, int Rows, int Read)> ListedAsync()
        {
            store.Taken();
            var requests = 0;
            await foreach (var _ in resolver.ListAsync(who, Stop))
            {
                requests++;
            }

            var (listed, read) = store.Taken();
            return (requests, listed, read);
        }

        async Task IssuedAsync(int n)
        {
            await store.SayAsync(Id(n), "open", new OpenAssessment(Taken.Facts with { Family = Cases.Facts.Family, Icb = Cases.Hospital, TakenOver = Taken.Plan }));
            await store.SayAsync(Id(n), "text", Taken.Text);
        }
    }

    private static AssessmentId Id(int number) => AssessmentId.For(Cases.Council, $"{number}");
}
