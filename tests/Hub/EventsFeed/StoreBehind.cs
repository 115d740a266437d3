using System.Reflection;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>A store whose memory does not have any case yet, although the disk has them all: as between a commit and its publication.</summary>
public class StoreBehind : DispatchProxy
{
    private IAssessmentStore? inner;

    internal static IAssessmentStore Of(IAssessmentStore store)
    {
        var proxy = Create<IAssessmentStore, StoreBehind>();
        ((StoreBehind)(object)proxy).inner = store;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IAssessmentStore.LoadAsync)
        ? new ValueTask<LoadedAssessment>(new LoadedAssessment(AssessmentState.None((AssessmentId)args![0]!), [], null))
        : targetMethod.Invoke(inner, args);
}
