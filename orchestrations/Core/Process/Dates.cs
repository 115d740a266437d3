using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Makes the rules for the dates of one kind of input.</summary>
/// <typeparam name="T">The kind of input.</typeparam>
internal sealed class Dates<T>
    where T : AssessmentInput
{
    internal DateRule Past(string member, string name, Func<T, DateOnly?> day, params Func<AssessmentState, T, DatedFact>[] notBefore) =>
        Past(member, name, day, notBefore, []);

    internal DateRule Past(
        string member, string name, Func<T, DateOnly?> day, Func<AssessmentState, T, DatedFact>[] notBefore, Func<AssessmentState, T, DatedFact>[] notAfter) =>
        new DateRule<T> { Member = member, Name = name, Kind = DateKind.ThePast, Day = day, NotBefore = notBefore, NotAfter = notAfter };

    internal DateRule Planned(string member, string name, Func<T, DateOnly?> day, params Func<AssessmentState, T, DatedFact>[] notBefore) =>
        Planned(member, name, day, notBefore, []);

    internal DateRule Planned(
        string member, string name, Func<T, DateOnly?> day, Func<AssessmentState, T, DatedFact>[] notBefore, Func<AssessmentState, T, DatedFact>[] notAfter) =>
        new DateRule<T> { Member = member, Name = name, Kind = DateKind.WhatIsPlanned, Day = day, NotBefore = notBefore, NotAfter = notAfter };

    internal DateRule ByTheHub(string member, string name, Func<T, DateOnly?> day) =>
        new DateRule<T> { Member = member, Name = name, Kind = DateKind.TheHubsClock, Day = day, NotBefore = [] };

    /// <summary>The first day on which the law on EHC plans was in force. The reasons for missing a time limit can be older than the
    /// request, but not older than the law.</summary>
    internal static DatedFact InForce(AssessmentState state, T input) => new(RuleSet.England2014.InForceFrom, "the day on which the law came into force");
}
