using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What holds for every answer, whatever was sent: no 5xx, never empty, and a refusal names place and reason.</summary>
internal static class AnswerRules
{
    // About the request as a whole, or about the text before it is a resource: there is no element to point to.
    private static readonly int[] WithoutElement = [401, 405, 406, 409, 413, 415];

    internal static void Hold(int status, byte[] body, string? contentType, string what)
    {
        Assert.True(status is >= 200 and < 500, $"{what}: {status}");
        var read = FhirReader.Read(body, contentType, int.MaxValue);
        Assert.True(read.Value is not null, $"{what}: {status} without a resource");
        if (status < 400)
        {
            return;
        }

        Assert.True(read.Value is OperationOutcome { Issue.Count: > 0 }, $"{what}: {status} without an outcome");
        foreach (var issue in ((OperationOutcome)read.Value!).Issue)
        {
            Assert.True(issue.Diagnostics?.Length > 0, $"{what}: {status} without a reason");
            var isText = status == 400 && issue.Code is OperationOutcome.IssueType.Structure or OperationOutcome.IssueType.Required or OperationOutcome.IssueType.TooCostly;
            Assert.True(isText || WithoutElement.Contains(status) || issue.Expression.FirstOrDefault()?.Length > 0, $"{what}: {status} without a place: {issue.Diagnostics}");
        }
    }
}
