using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// What an officer typed on the page of schools for a child. The form is always sent in the body of the request, even for a search, because
/// a web address must not contain needs or the location of a home.
/// </summary>
/// <param name="Values">The values typed, by field.</param>
/// <param name="Chosen">Numbers of the schools that were ticked.</param>
/// <param name="Problems">What is wrong with the form.</param>
public sealed record SchoolListForm(FormValues Values, IReadOnlyList<Urn> Chosen, IReadOnlyList<FormProblem> Problems)
{
    private const int MaxMetres = 1_400_000;
    private const int MaxMiles = 1000;

    /// <summary>The name of the field for a note about one school.</summary>
    public static string NoteOf(Urn school) => $"note-{school}";

    /// <summary>The form before anybody types.</summary>
    public static SchoolListForm For(CaseFile file) => new(FormValues.None.WithDay("start", StartOf(file)), [], []);

    /// <summary>The form as the officer sent it.</summary>
    public static SchoolListForm Of(IFormCollection form) => new(
        FormValues.Of(form.Where(field => field.Key != "school")),
        [.. form["school"].Distinct().Select(text => Urn.TryParse(text, out var urn, out _) ? urn : (Urn?)null).OfType<Urn>().Take(ShareSchoolList.MaxSchools + 1)], []);

    /// <summary>Reads the search from the form. A value that cannot be read is reported as a problem and is ignored by the
    /// search.</summary>
    internal SchoolListForm Read(CaseFile file, LoadedRegister register, out SchoolsForChild search)
    {
        var problems = new List<FormProblem>();
        var needs = file.State.ChildFacts?.Needs ?? [];
        var start = Day();
        var (east, north) = (Whole("easting"), Whole("northing"));
        if (east is null != north is null)
        {
            problems.Add(new FormProblem(east is null ? "easting" : "northing", "Enter both numbers, metres east and metres north"));
        }

        var home = east is { } e && north is { } n ? new GridReference(e, n) : null;
        var from = home ?? (Values["from"] == "setting" ? GridReference.Of(SettingOf(file, register)) : null);
        double? miles = null;
        if (Values["miles"].Trim() is { Length: > 0 } typed)
        {
            if (!double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) || most is <= 0 or > MaxMiles)
            {
                problems.Add(new FormProblem("miles", $"Miles must be a number up to {MaxMiles}, like 5 or 2.5"));
            }
            else if (from is null)
            {
                problems.Add(new FormProblem("miles", "Enter the location from which distances are to be measured. The hub does not know where the child lives"));
            }
            else
            {
                miles = most;
            }
        }

        search = new SchoolsForChild
        {
            Start = start ?? StartOf(file),
            Born = file.State.Facts!.Child.DateOfBirth,
            Needs = needs,
            Need = Enum.TryParse<SenNeed>(Values["need"], out var need) && needs.Contains(need) ? need : null,
            Phase = register.Phases.Contains(Values["phase"]) ? Values["phase"] : "",
            Type = register.Types.Contains(Values["type"]) ? Values["type"] : "",
            RequestableByRight = Values["right"] == "yes",
            From = from,
            Miles = miles,
        };
        return this with { Problems = problems };

        DateOnly? Day()
        {
            var text = $"{Values["start/year"].Trim()}-{Values["start/month"].Trim()}-{Values["start/day"].Trim()}";
            if (DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= file.State.Facts!.Child.DateOfBirth && day <= file.Today.AddYears(MaxYearsAhead))
            {
                return day;
            }

            problems.Add(new FormProblem("start", $"Enter the first day at the school, for example 1 9 {file.Today.Year + 1}, which must be at most {MaxYearsAhead} years ahead"));
            return null;
        }

        int? Whole(string field)
        {
            if (Values[field].Trim() is not { Length: > 0 } typed)
            {
                return null;
            }

            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var metres) && metres <= MaxMetres)
            {
                return metres;
            }

            problems.Add(new FormProblem(field, "Enter whole metres on the national grid, for example 401609"));
            return null;
        }
    }

    /// <summary>The step that shares the ticked schools with the family, or the problems if they cannot be shared.</summary>
    internal ShareSchoolList? Step(LoadedRegister register, SchoolsForChild search, out IReadOnlyList<FormProblem> problems)
    {
        var gone = Chosen.Where(urn => register.Find(urn) is null).ToList();
        problems =
        [
            .. Chosen.Count == 0 ? [new FormProblem("school", "Tick at least one school")] : Array.Empty<FormProblem>(),
            .. Chosen.Count > ShareSchoolList.MaxSchools ? [new FormProblem("school", $"Tick at most {ShareSchoolList.MaxSchools} schools")] : Array.Empty<FormProblem>(),
            .. gone.Select(urn => new FormProblem("school", $"URN {urn} is not in the register of schools")),
            .. Chosen.Select(NoteOf).Append("note").Where(field => !AdviceFaults.Fits(Values[field])).Select(field => new FormProblem(field, "This note is too long")),
        ];
        return problems.Count > 0 ? null : new ShareSchoolList([.. Chosen.Select(urn => search.Of(register.Find(urn)!).Listed(Text(NoteOf(urn))))], Text("note"));

        string? Text(string field) => Values[field].Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The school that the child attends according to the record, or null if the register does not have the school.</summary>
    internal static Institution? SettingOf(CaseFile file, LoadedRegister register) =>
        file.State.Facts?.Setting is { } setting ? register.Find(setting.Id) : null;

    // Nobody looks for a school further ahead than the length of a child's time at school.
    private const int MaxYearsAhead = 25;

    private static DateOnly StartOf(CaseFile file) => PhaseTransfers.Current(file.State) is { } transfer && transfer.On >= file.Today ? transfer.On : SchoolsForChild.NextSchoolYear(file.Today);
}
