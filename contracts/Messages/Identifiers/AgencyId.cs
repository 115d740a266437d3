using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>The register in which an agency has its identifier.</summary>
public enum AgencyScheme
{
    /// <summary>NHS organisation, by ODS code.</summary>
    Ods,

    /// <summary>School or other establishment, by URN.</summary>
    Urn,

    /// <summary>Provider of further education, by UKPRN.</summary>
    Ukprn,

    /// <summary>A service of a council: the council's code and the service's name, for example <c>la:330/social-care</c>.</summary>
    La,

    /// <summary>A person without an organisation, by one council's own reference, for example <c>person:330/k7q2-1</c>.</summary>
    Person,
}

/// <summary>
/// An agency that can be asked for advice, identified by a register, for example <c>ods:RX1</c>, <c>urn:100001</c>, <c>ukprn:10001234</c>
/// or <c>la:330/social-care</c>. A person without an organisation also has an id, for example <c>person:330/k7q2-1</c>.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<AgencyId>))]
public readonly record struct AgencyId : IIdentifier<AgencyId>
{
    private readonly string? value;

    private AgencyId(AgencyScheme scheme, string value)
    {
        Scheme = scheme;
        this.value = value;
    }

    /// <summary>The register that lists the agency.</summary>
    public AgencyScheme Scheme { get; }

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <summary>The identifier within the register, without the scheme.</summary>
    public string Code => Value[(Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The identifier of an NHS organisation.</summary>
    public static AgencyId Of(OdsCode code) => new(AgencyScheme.Ods, $"ods:{code.Value}");

    /// <summary>The identifier of a school or other establishment.</summary>
    public static AgencyId Of(Urn urn) => new(AgencyScheme.Urn, $"urn:{urn.Value}");

    /// <summary>The identifier of a provider of further education.</summary>
    public static AgencyId Of(Ukprn ukprn) => new(AgencyScheme.Ukprn, $"ukprn:{ukprn.Value}");

    /// <inheritdoc/>
    public static bool TryParse(string? text, out AgencyId value, out string problem)
    {
        value = default;
        var candidate = (text ?? "").Trim();
        var colon = candidate.IndexOf(':', StringComparison.Ordinal);
        var code = candidate[(colon + 1)..];

        // Only ASCII letters are converted: ToLowerInvariant would turn the Kelvin sign into a k.
        switch (colon < 0 ? "" : Ascii.Lower(candidate[..colon]))
        {
            case "ods":
                if (!OdsCode.TryParse(code, out var ods, out problem))
                {
                    return false;
                }

                value = Of(ods);
                return true;
            case "urn":
                if (!Urn.TryParse(code, out var urn, out problem))
                {
                    return false;
                }

                value = Of(urn);
                return true;
            case "ukprn":
                if (!Ukprn.TryParse(code, out var ukprn, out problem))
                {
                    return false;
                }

                value = Of(ukprn);
                return true;
            case "person" when IsService(code):
                value = new AgencyId(AgencyScheme.Person, $"person:{code}");
                problem = "";
                return true;
            case "la" when IsService(code):
                value = new AgencyId(AgencyScheme.La, $"la:{code}");
                problem = "";
                return true;
            default:
                problem = "an agency is written as ods:CODE, urn:NUMBER, ukprn:NUMBER, la:COUNCIL/service-name or person:COUNCIL/reference (lower-case letters, digits, hyphens).";
                return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsService(string code) =>
        code.Length is > 4 and <= 44 && code[3] == '/' && LocalAuthorityCode.TryParse(code[..3], out _, out _)
        && code.AsSpan(4).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") < 0;
}
