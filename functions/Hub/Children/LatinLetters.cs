using System.Collections.Frozen;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Latin letters with marks, and the plain letters used for them in records without marks (Unicode 15, U+00C0 to U+024F and U+1E00 to
/// U+1EFF). The hub has its own table because .NET cannot decompose letters if ICU is not installed, for example in a small container.
/// </summary>
internal static class LatinLetters
{
    private static readonly FrozenDictionary<char, string> Plain = Table().SelectMany(row => row.Marked.Select(letter => (letter, row.Plain))).ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);

    /// <summary>The plain letters for a capital letter, or null if the letter is already plain or belongs to another script.</summary>
    internal static string? Of(char capital) => Plain.GetValueOrDefault(capital);

    private static (string Plain, string Marked)[] Table() =>
    [
        ("A", "ÀÁÂÃÄÅĀĂĄƏǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ"),
        ("AE", "Æ"),
        ("B", "ƁḂḄḆ"),
        ("C", "ÇĆĈĊČḈ"),
        ("D", "ÐĎĐƊḊḌḎḐḒ"),
        ("DZ", "ǄǱ"),
        ("E", "ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ"),
        ("F", "Ḟ"),
        ("G", "ĜĞĠĢǦǴḠ"),
        ("H", "ĤĦȞḢḤḦḨḪẖ"),
        ("I", "ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊı"),
        ("IJ", "Ĳ"),
        ("J", "Ĵǰ"),
        ("K", "ĶƘǨḰḲḴ"),
        ("L", "ĹĻĽĿŁḶḸḺḼ"),
        ("LJ", "Ǉ"),
        ("M", "ḾṀṂ"),
        ("N", "ÑŃŅŇƝǸṄṆṈṊ"),
        ("NG", "Ŋ"),
        ("NJ", "Ǌ"),
        ("O", "ÒÓÔÕÖØŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ"),
        ("OE", "Œ"),
        ("P", "ṔṖ"),
        ("R", "ŔŖŘȐȒṘṚṜṞ"),
        ("S", "ŚŜŞŠȘṠṢṤṦṨ"),
        ("SS", "ßẞ"),
        ("T", "ŢŤŦȚṪṬṮṰẗ"),
        ("TH", "Þ"),
        ("U", "ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ"),
        ("V", "ṼṾ"),
        ("W", "ŴẀẂẄẆẈẘ"),
        ("X", "ẊẌ"),
        ("Y", "ÝŶŸȲẎẙỲỴỶỸ"),
        ("Z", "ŹŻŽẐẒẔ"),
    ];
}
