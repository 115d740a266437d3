using System.Collections.Frozen;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>One activity for each kind of effect, so that each kind can be seen, counted and stopped separately in Azure.</summary>
public static class EffectActivities
{
    /// <summary>Name of the activity that sends a request for advice.</summary>
    public const string SendAdviceRequest = nameof(Assessments.SendAdviceRequest);

    /// <summary>Name of the activity that sends a reminder.</summary>
    public const string SendReminder = nameof(Assessments.SendReminder);

    /// <summary>Name of the activity that sends an escalation.</summary>
    public const string SendEscalation = nameof(Assessments.SendEscalation);

    /// <summary>Name of the activity that withdraws a request.</summary>
    public const string SendWithdrawal = nameof(Assessments.SendWithdrawal);

    /// <summary>Name of the activity that sends a correction.</summary>
    public const string SendCorrection = nameof(Assessments.SendCorrection);

    /// <summary>Name of the activity that returns advice.</summary>
    public const string ReturnAdviceToAuthor = nameof(Assessments.ReturnAdviceToAuthor);

    /// <summary>Name of the activity that sends a notice.</summary>
    public const string SendNotice = nameof(Assessments.SendNotice);

    /// <summary>Name of the activity that stores a plan.</summary>
    public const string StorePlan = nameof(Assessments.StorePlan);

    /// <summary>Name of the activity that publishes the status.</summary>
    public const string PublishStatus = nameof(Assessments.PublishStatus);

    /// <summary>Name of the activity that sends a reminder of a duty.</summary>
    public const string RemindOfDuty = nameof(Assessments.RemindOfDuty);

    /// <summary>The names of all activities.</summary>
    public static readonly FrozenSet<string> All = new[]
    {
        SendAdviceRequest, SendReminder, SendEscalation, SendWithdrawal, SendCorrection, ReturnAdviceToAuthor, SendNotice, StorePlan, PublishStatus, RemindOfDuty,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name of the activity that carries out an effect.</summary>
    public static string For(Effect effect) => effect.GetType().Name;
}
