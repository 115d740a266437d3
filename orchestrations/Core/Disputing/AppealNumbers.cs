namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Finds the appeal to which a step belongs, and refuses a step that can belong to several. If the wrong appeal were taken, the time for the
/// council's response to the other would end unseen.
/// </summary>
internal static class AppealNumbers
{
    /// <summary>Whether the step gives a number that tells it apart from the steps of other appeals.</summary>
    internal static bool TellsApart(Deciding d, NoteAppeal input) => input.Appeal is not null && (input.Step == AppealStep.Registered || Appeals.All(d.State).Any(one => one.IsNumbered));

    /// <summary>Finds the number to record with a step of an appeal; null if no appeal of the case has a number on record.</summary>
    internal static bool Find(Deciding d, NoteAppeal input, out int? appeal) => input.Step == AppealStep.Registered
        ? OfNew(d, input, out appeal)
        : Find(d, input.Appeal, Appeals.Possible(d.State, input.Step, input.Remedy), input.On, out appeal) && IsUnended(d, input);

    /// <summary>Finds the appeal that was answered, or for whose response a day was set.</summary>
    /// <param name="d">The turn.</param>
    /// <param name="given">The number that the officer gave, or null.</param>
    /// <param name="on">The day of the answer or of the Tribunal's direction.</param>
    /// <param name="appeal">The number to record; null if no appeal of the case has a number on record.</param>
    internal static bool Find(Deciding d, int? given, DateOnly on, out int? appeal) =>
        Find(d, given, [.. Appeals.All(d.State).Where(one => one.End is null && one.On <= on)], on, out appeal);

    private static bool Find(Deciding d, int? given, IReadOnlyList<AppealCourse> possible, DateOnly on, out int? appeal)
    {
        var all = Appeals.All(d.State);
        appeal = !all.Any(one => one.IsNumbered) ? null : given ?? (possible.Count == 1 ? possible[0] : all.LastOrDefault(one => one.On <= on) ?? all[^1]).Number;
        return given is { } number
            ? d.Require(all.FirstOrDefault(one => one.Number == number) is { } meant && meant.On <= on, "no-such-appeal", $"No appeal with the number {number} is on record on that day.")
            : d.Require(possible.Count < 2, "which-appeal", $"More than one appeal is under way: {Named(possible)}. Give the number of the appeal (`appeal`).");
    }

    // The same step of the same appeal is noted once, and an appeal ends once.
    private static bool IsUnended(Deciding d, NoteAppeal input) => input.Appeal is not { } number || !TellsApart(d, input) || d.Require(
        Appeals.All(d.State).First(one => one.Number == number) is { } meant
            && !(meant.End?.Step == input.Step && meant.End.Remedy == input.Remedy)
            && !d.State.Appeal.Any(a => a.Appeal == number && a.Step == input.Step && a.Remedy == input.Remedy)
            && (meant.End is null or { Step: AppealStep.Conceded } || input.Step == AppealStep.Ordered),
        "already-noted",
        $"This step of appeal {number} is already on record, or the appeal has ended.");

    // A second appeal gets its number when it is registered, so that the same message received twice registers it once.
    private static bool OfNew(Deciding d, NoteAppeal input, out int? appeal)
    {
        var next = Appeals.Next(d.State);
        appeal = next > 1 && (input.Appeal is not null || Appeals.AreUnderWay(d.State) || next > Appeals.All(d.State).Count + 1) ? next : null;
        return d.Require(!(input.Appeal < next), "already-noted", $"An appeal with this number is already on record. The next has the number {next}.")
            && d.Require(!(input.Appeal > next), "no-such-appeal", $"The next appeal has the number {next}.");
    }

    private static string Named(IEnumerable<AppealCourse> appeals) =>
        string.Join(", ", appeals.Select(one => FormattableString.Invariant($"{one.Number} (registered on {Words.Day(one.On, true)})")));
}
