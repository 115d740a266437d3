using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns;

/// <summary>A school or other establishment as entered in the register.</summary>
/// <param name="Name">Name of the establishment.</param>
/// <param name="Type">Type of the establishment, or null if the register does not state it.</param>
public sealed record RegisteredSchool(string Name, string? Type);

/// <summary>The council whose return is imported, with details that the return itself does not contain.</summary>
/// <param name="Council">The council.</param>
/// <param name="Icb">The integrated care board for the council's children.</param>
/// <param name="Name">The return's name and hash, which are recorded in every case imported from the return.</param>
/// <param name="Schools">The register of schools by URN, or null if none was given. Without the register, schools are shown by their numbers.</param>
/// <param name="Contacts">The contact for each child, or null if no table of contacts was given.</param>
public sealed record TakeoverSource(
    LocalAuthorityCode Council, Agency Icb, string Name, IReadOnlyDictionary<string, RegisteredSchool>? Schools = null, SuppliedContacts? Contacts = null);

/// <summary>One row of a return and the case that is created from it.</summary>
/// <param name="Place">Where the row is in the return.</param>
/// <param name="Case">The case. The same council, child and request always give the same case id, so that a second run finds the case again.</param>
/// <param name="Step">The step that opens the case, or null if the row is not imported.</param>
/// <param name="Why">The reason why the row is not imported.</param>
public sealed record PlanToImport(string Place, AssessmentId Case, OpenAssessment? Step, string Why)
{
    /// <summary>The case for each row of a return, in the order of the rows. Importing a return again creates no further cases.</summary>
    public static IEnumerable<PlanToImport> Of(Sen2File file, IReadOnlyList<TakeoverRow> rows, TakeoverSource source)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(source);
        var requests = file.Persons.SelectMany(person => person.All("Requests"), (person, request) => (person, request)).ToDictionary(one => one.request.Place, StringComparer.Ordinal);
        var year = file.ReferenceDate?.Year ?? file.Layout.Year;
        return rows.Select(row => Of(row, requests[row.Place].person, requests[row.Place].request, year, source));
    }

    private static PlanToImport Of(TakeoverRow row, Sen2Item person, Sen2Item request, int year, TakeoverSource source)
    {
        // The text that identifies a child in the source: a number or, if there is none, name and date of birth. This text is hashed, so
        // that it does not appear in any id.
        var child = person["UPN"] ?? person["UniqueLearnerNumber"] ?? $"{person["Surname"]}/{person["Forename"]}/{person["PersonBirthDate"]}";
        var id = AssessmentId.For(source.Council, $"sen2 {child.ToUpperInvariant()} {request["ReceivedDate"]}");
        var plan = request.First("Assessment")?.First("NamedPlan");
        return row switch
        {
            { IsTaken: false } => Not("the row has errors, which must be corrected in the source"),
            not { Kind: TakeoverKind.PlanInForce } => Not("only plans in force are taken over; if this request is still open, enter it by hand"),
            _ when request.First("ActivePlans")?["TransferLA"] is not null => Not("another council transferred the plan, and the return does not give the day; open the case by hand"),
            _ when plan?.Date("StartDate") is null || request.Date("ReceivedDate") is null || person.Date("PersonBirthDate") is null => Not("the row does not say when the plan was issued"),
            _ => new(row.Place, id, Opening(row, person, request, plan, source) with { Earlier = EarlierFacts.Of(year, person, request) }, ""),
        };

        PlanToImport Not(string why) => new(row.Place, id, null, why);
    }

    private static OpenAssessment Opening(TakeoverRow row, Sen2Item person, Sen2Item request, Sen2Item plan, TakeoverSource source)
    {
        var (born, received, active) = (person.Date("PersonBirthDate")!.Value, request.Date("ReceivedDate")!.Value, request.First("ActivePlans"));
        var attended = active?.All("PlacementDetail").Where(one => one["LeavingDate"] is null).MinBy(Rank);
        return new OpenAssessment(new OpeningFacts
        {
            Route = RouteOf(request["RequestSource"], born, received),
            ReceivedOn = received,
            Child = new Child
            {
                GivenName = person["Forename"]!,
                FamilyName = person["Surname"]!,
                DateOfBirth = born,
                Upn = Upn.TryParse(person["UPN"], out var upn, out _) ? upn : null,
                Postcode = person["PostCode"],
            },
            Family = source.Contacts?.ByPerson.GetValueOrDefault(person.Place) ?? new FamilyContact { Name = "", Relationship = "" },
            SettingKind = KindOf(attended),
            Setting = Institution(attended, source),
            Icb = source.Icb,
            TakenOver = new TakenPlan
            {
                IssuedOn = plan.Date("StartDate")!.Value,
                LastReviewedOn = active?.Date("LastReview") is { } reviewed && reviewed >= plan.Date("StartDate") ? reviewed : null,
                Placement = plan.All("PlanDetail").MinBy(Rank) is { } named ? Named(named, source) : null,
                Source = $"{source.Name}, {row.Place}",
            },
        });
    }

    private static int Rank(Sen2Item placement) => int.TryParse(placement["PlacementRank"], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : int.MaxValue;

    private static RequestRoute RouteOf(string? code, DateOnly born, DateOnly received) => code switch
    {
        "1" => Age.HolderOfRights(born, received) == RightsHolder.YoungPerson ? RequestRoute.YoungPerson : RequestRoute.Parent,
        "2" => RequestRoute.School,
        _ => RequestRoute.BecameResponsible,
    };

    private static SettingKind KindOf(Sen2Item? attended) => attended switch
    {
        { } one when one["UKPRN"] is not null => SettingKind.Post16Institution,
        { } one when one["SENSetting"] == "EYP" => SettingKind.EarlyYearsProvider,
        { } one when one["SENSetting"] is "OLA" or "OPA" or "EHE" or "NEET" or "NIEC" or "NIEO" => SettingKind.None,
        _ => SettingKind.School,
    };

    private static Agency? Institution(Sen2Item? placement, TakeoverSource source)
    {
        if (placement?["URN"] is { } number && Urn.TryParse(number, out var urn, out _))
        {
            return new Agency { Id = AgencyId.Of(urn), Name = source.Schools?.GetValueOrDefault(number)?.Name ?? $"URN {number}" };
        }

        return placement?["UKPRN"] is { } provider && Ukprn.TryParse(provider, out var ukprn, out _) ? new Agency { Id = AgencyId.Of(ukprn), Name = $"UKPRN {provider}" } : null;
    }

    private static Placement Named(Sen2Item named, TakeoverSource source) => new(
        named["SENSettingOther"] ?? named["SENSetting"] switch
        {
            "OLA" => "Education otherwise than at school, arranged by the council",
            "OPA" => "Education otherwise than at school, arranged by the parent or young person",
            "EHE" => "Elective home education",
            "EYP" => "Early years provider",
            { } code => $"Code {code} of the return",
            null => (named["URN"] is { } urn ? source.Schools?.GetValueOrDefault(urn)?.Type : null) ?? "Type not known",
        },
        Institution(named, source));
}
