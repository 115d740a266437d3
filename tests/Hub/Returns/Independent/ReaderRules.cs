using System.Xml.Linq;
using static IntegrationHub.Hub.Tests.Returns.Independent.ReadReturn;
using static IntegrationHub.Hub.Tests.Returns.Independent.SoundReturn;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>
/// What Data to Insight's programs need in order to read a return: data-to-insight/patch, commit 124a9fdf, apps/013_SEND_to_csv/send_to_csv.py (R1, R2),
/// and a later dashboard of theirs that cites DfE's guide of 2026, whose repository is not known (the others). They have no numbers there.
/// </summary>
internal static class ReaderRules
{
    private static readonly string[] Dates = ["PersonBirthDate", "ReceivedDate", "RequestOutcomeDate", "AssessmentOutcomeDate", "StartDate", "CeaseDate"];

    private static readonly HashSet<string> Ethnicities = [.. """
        WBRI WCOR WENG WNIR WSCO WWEL WOWB WIRI WIRT WOTH WALB WBOS WCRO WGRE WGRK WGRC WITA WKOS WPOR WSER WTUR WTUK WTUC WEUR WEEU WWEU WOTW WROM WROG WROR WROO
        MWBC MWBA MWAS MWAP MWAI MWAO ABRI AWEL MOTH MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM AIND APKN AMPK AKPA AOPK ABAN AOTH AAFR AKAO ANEP ASNL ASLT ASRO AOTA
        BBRI BWEL BCRB BAFR BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF BOTH BEUR BNAM BOTB CHNE CHKC CMAL CSNG CTWN COCH
        OOTH OAFG ORAB OARA OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OPOL OTHA OVIE OYEM OOEG NOBT REFU
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    internal static IReadOnlyList<StatedRule> All { get; } =
    [
        new("R1", "The header has the details of the collection with year and day, and the source.",
            read => read.Root.Element("Header") is { } header && int.TryParse(Text(header.Element("CollectionDetails"), "Year"), out _) && read.Census is not null && header.Element("Source") is not null ? [] : [read.Root],
            root => root.Descendants("Year").First().Value = "this year", "not-a-number", "missing", "too-few", "not-a-day"),
        new("R2", "Everybody has a forename and a surname: reading stops where one is absent.",
            read => read.Persons.Where(person => (Text(person, "Forename"), Text(person, "Surname")) is (null, _) or (_, null)), root => Of(root, Planned).Element("Forename")!.Remove(), "missing"),
        new("R3", "Days are written 2026-02-09: others are not read, and with another birthday reading stops.",
            read => read.Persons.SelectMany(person => person.DescendantsAndSelf()).Where(block => Dates.Any(name => Text(block, name) is not null && Day(block, name) is null)),
            root => Of(root, Refused).Descendants("ReceivedDate").First().Value = "13/04/2025", "not-a-day"),
        new("R4", "The ethnicity is one of those of the school census: reading stops at another.",
            read => read.Persons.Where(person => Text(person, "Ethnicity") is { } said && !Ethnicities.Contains(said)), root => Of(root, Planned).Element("Ethnicity")!.Value = "CNHE", "ethnicity-not-listed"),
        new("R5", "The source of a request is one of 1 to 5.",
            read => read.All("Requests").Where(request => Text(request, "RequestSource") is not ("1" or "2" or "3" or "4" or "5")),
            root => Of(root, Planned).Descendants("RequestSource").First().Value = "7", "unknown-code", "missing"),
        new("R6", "Where a plan is residential, it is A or B.",
            read => read.All("NamedPlan").Where(plan => Text(plan, "PlanRes") is not (null or "A" or "B")),
            root => Of(root, Planned).Descendants("StartDate").First().AddAfterSelf(new XElement("PlanRes", "C")), "unknown-code"),
        new("R7", "A named plan has its first day: without it the plan is not counted.",
            read => read.All("NamedPlan").Where(plan => Text(plan, "StartDate") is null), root => Of(root, Planned).Descendants("StartDate").Remove(), "missing"),
    ];
}
