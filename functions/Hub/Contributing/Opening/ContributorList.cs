using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Contributing.Opening;

/// <summary>A request in the list of an organisation.</summary>
/// <param name="Case">The case of the request.</param>
/// <param name="Child">The child's name.</param>
/// <param name="Asked">A description of the advice: its kind, and the review or the re-assessment that it is for.</param>
/// <param name="By">The council that asks for the advice.</param>
/// <param name="Due">The last day for the answer.</param>
/// <param name="IsOpen">Whether an answer is awaited.</param>
/// <param name="IsLate">Whether the last day for the answer has passed.</param>
/// <param name="Status">The status of the request.</param>
/// <param name="Path">The path of the request's pages.</param>
/// <param name="Of">The organisation's name in the request.</param>
public sealed record ListedRequest(
    AssessmentId Case, string Child, string Asked, string By, DateOnly Due, bool IsOpen, bool IsLate, RequestStatus Status, string Path, string Of);

/// <summary>A page of the list.</summary>
/// <param name="Items">The requests on the page: open requests by due day, then answered requests that can still be corrected.</param>
/// <param name="Open">The number of open requests on all pages.</param>
/// <param name="Total">The number of requests on all pages.</param>
/// <param name="Number">Number of the page, from 1.</param>
public sealed record RequestList(IReadOnlyList<ListedRequest> Items, int Open, int Total, int Number)
{
    /// <summary>The number of requests on a full page.</summary>
    internal const int Size = 50;

    /// <summary>The number of pages of the list.</summary>
    internal int Pages => Math.Max(1, ((Total - 1) / Size) + 1);
}

/// <summary>
/// The requests to an organisation from every council that uses this hub. The list names children, so each case that it shows is first
/// recorded in the case's access log.
/// </summary>
public sealed class ContributorList(ContributorLinkResolver resolver, IAccessLog log, TimeProvider time)
{
    /// <summary>A page of the list.</summary>
    public async Task<RequestList> PageAsync(Contributor who, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(who);
        var all = new List<ListedRequest>();
        await foreach (var opened in resolver.ListAsync(who, cancellationToken))
        {
            if (opened.MayWrite)
            {
                var (request, child) = (opened.Request, opened.State.Facts!.Child);
                all.Add(new ListedRequest(
                    opened.State.Id, $"{child.GivenName} {child.FamilyName}", Words.Of(request), opened.Rules.Council.Name, opened.Due, request.IsOpen,
                    request.IsOpen && opened.Due < opened.Today, request.Status, opened.Path, request.Agency!.Name));
            }
        }

        var pages = Math.Max(1, ((all.Count - 1) / RequestList.Size) + 1);
        var page = Math.Clamp(number, 1, pages);
        var items = all.OrderBy(one => !one.IsOpen).ThenBy(one => one.Due).ThenBy(one => one.Path, StringComparer.Ordinal).Skip((page - 1) * RequestList.Size).Take(RequestList.Size).ToList();
        var (at, reader) = (time.GetUtcNow(), $"{who.Agency}/{who.Id}");
        await log.WriteAsync([.. items.Select(one => one.Case).Distinct().Select(one => new CaseReading(one, at, reader, NoticeDirectory.Contributor, "list of requests"))], cancellationToken);
        return new RequestList(items, all.Count(one => one.IsOpen), all.Count, page);
    }
}
