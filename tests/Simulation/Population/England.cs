using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Population;

/// <summary>One council of the simulated country, with those whom it asks.</summary>
/// <param name="Profile">What the hub knows of it.</param>
/// <param name="Weight">Its share of all requests, before they are made to add up to 1.</param>
/// <param name="Icb">The responsible commissioning body.</param>
/// <param name="Trust">The NHS trust that gives medical advice.</param>
public sealed record SimulatedCouncil(CouncilProfile Profile, double Weight, Agency Icb, Agency Trust);

/// <summary>
/// 153 invented councils, as many as England has. The largest has about 3 % of all requests and the smallest about 0.2 %, as Kent and the
/// smallest London boroughs have. No name or number is that of a real body on purpose.
/// </summary>
public static class England
{
    private const int Councils = 153;
    private const int CouncilsToABoard = 4;
    private const int SchoolsToACouncil = 60;
    private const int SpecialSchoolsToACouncil = 9;

    private static readonly string[] First =
        ["North", "Mill", "Oak", "Ash", "Stone", "River", "Wood", "Hill", "Marsh", "Elm", "Kings", "Brook", "Fern", "Lake", "West", "East", "High"];

    private static readonly string[] Last = ["bridge", "field", "ford", "ham", "ley", "mere", "port", "ton", "wick"];

    /// <summary>Advisers who work for no service.</summary>
    internal const string OwnAccount = "Independent Advisers";

    /// <summary>All councils, the largest first.</summary>
    public static IReadOnlyList<SimulatedCouncil> All { get; } = [.. Enumerable.Range(0, Councils).Select(Make)];

    /// <summary>The council of this name or number; null when there is none.</summary>
    public static SimulatedCouncil? Find(string nameOrCode) => All.FirstOrDefault(c =>
        c.Profile.Code.Value == nameOrCode || c.Profile.Name.Equals(nameOrCode, StringComparison.OrdinalIgnoreCase)
        || c.Profile.Name.Equals($"{nameOrCode} Council", StringComparison.OrdinalIgnoreCase));

    internal static Agency School(SimulatedCouncil council, int number) =>
        Agency(FormattableString.Invariant($"urn:{100_000 + (Number(council) * 1000) + (number % SchoolsToACouncil)}"), FormattableString.Invariant($"School {(number % SchoolsToACouncil) + 1}"));

    internal static Agency SpecialSchool(SimulatedCouncil council, int number) =>
        Agency(FormattableString.Invariant($"urn:{100_900 + (Number(council) * 1000) + (number % SpecialSchoolsToACouncil)}"), FormattableString.Invariant($"Special School {(number % SpecialSchoolsToACouncil) + 1}"));

    internal static Agency College(SimulatedCouncil council) => Agency(FormattableString.Invariant($"ukprn:{10_000_000 + Number(council)}"), "College");

    internal static Agency Therapies(SimulatedCouncil council) => Agency(FormattableString.Invariant($"ods:RT{Number(council):D3}"), "Children's Therapies");

    /// <summary>A service that pushes what it knows, and is asked by nobody.</summary>
    internal static Agency Outreach(SimulatedCouncil council) => Agency(FormattableString.Invariant($"ods:RU{Number(council):D3}"), "Outreach Service");

    internal static Agency IndependentReport(SimulatedCouncil council) => Agency(FormattableString.Invariant($"urn:{100_950 + (Number(council) * 1000)}"), OwnAccount);

    /// <summary>Everybody whom a council may ask.</summary>
    internal static IEnumerable<Agency> AskedBy(SimulatedCouncil council) =>
    [
        council.Trust, council.Icb, council.Profile.SocialCare!, council.Profile.EducationalPsychology!, Therapies(council), Outreach(council), College(council), IndependentReport(council),
        .. Enumerable.Range(0, SchoolsToACouncil).Select(n => School(council, n)),
        .. Enumerable.Range(0, SpecialSchoolsToACouncil).Select(n => SpecialSchool(council, n)),
    ];

    /// <summary>Which of two hubs a council has, where families move between two.</summary>
    internal static int HubOf(SimulatedCouncil council) => Number(council) % 2;

    /// <summary>A council of the other hub.</summary>
    internal static SimulatedCouncil Elsewhere(SimulatedCouncil council, int draw) =>
        All.Where(other => HubOf(other) != HubOf(council)).ElementAt(draw % (Councils / 2));

    private static int Number(SimulatedCouncil council) => int.Parse(council.Profile.Code.Value, System.Globalization.CultureInfo.InvariantCulture) - 301;

    private static SimulatedCouncil Make(int number)
    {
        var code = FormattableString.Invariant($"{301 + number}");
        var name = $"{First[number % First.Length]}{Last[number / First.Length]}";
        return new SimulatedCouncil(
            new CouncilProfile
            {
                Code = Parse<LocalAuthorityCode>(code),
                Name = $"{name} Council",
                SocialCare = Agency($"la:{code}/social-care", $"{name} Children's Services"),
                EducationalPsychology = Agency($"la:{code}/educational-psychology", $"{name} Educational Psychology Service"),
                MediationAdviser = $"{name} Mediation, 0300 000 0001",
                MediationContact = $"{name} SEND team, 0300 000 0002",
                DisagreementResolution = $"{name} Resolution, 0300 000 0003",
                InformationAndAdvice = $"{name} SENDIASS, 0300 000 0004",
            },
            1.0 / (number + 12),
            Agency(FormattableString.Invariant($"ods:QB{number / CouncilsToABoard:D2}"), "Integrated Care Board"),
            Agency(FormattableString.Invariant($"ods:RC{number:D3}"), "Community NHS Trust"));
    }

    private static Agency Agency(string id, string name) => new() { Id = Parse<AgencyId>(id), Name = name };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new InvalidDataException(problem);
}
