using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>
/// The reference of one assessment, for example <c>330-7K3M9Q2XH4TD</c>: the council's code and twelve characters of Crockford's base 32.
/// The reference reveals nothing about the child, so it can appear in logs, links and notices.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<AssessmentId>))]
public readonly record struct AssessmentId : IIdentifier<AssessmentId>
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly string? value;

    private AssessmentId(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <summary>The council that carries out the assessment.</summary>
    /// <exception cref="InvalidOperationException">The id is the default value, which identifies no assessment.</exception>
    public LocalAuthorityCode Council =>
        Value.Length > 3 && LocalAuthorityCode.TryParse(Value[..3], out var council, out _)
            ? council
            : throw new InvalidOperationException("The default assessment id belongs to no council.");

    /// <summary>
    /// The id of the assessment that a message opens. The same council and key always give the same id (60 bits of SHA-256), so a message
    /// that is sent twice opens only one assessment.
    /// </summary>
    /// <param name="council">The council.</param>
    /// <param name="key">The sender of the message together with the message id.</param>
    public static AssessmentId For(LocalAuthorityCode council, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{council.Value}\n{key}"));
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash);
        Span<char> text = stackalloc char[12];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Alphabet[(int)((bits >> (59 - (i * 5))) & 31)];
        }

        return new AssessmentId($"{council.Value}-{text}");
    }

    /// <inheritdoc/>
    public static bool TryParse(string? text, out AssessmentId value, out string problem)
    {
        value = default;
        var candidate = Ascii.Upper((text ?? "").Trim());
        if (candidate.Length != 16 || candidate[3] != '-' || !LocalAuthorityCode.TryParse(candidate[..3], out _, out _)
            || candidate.AsSpan(4).IndexOfAnyExcept(Alphabet) >= 0)
        {
            problem = "an assessment id is a council's three digits, a hyphen and twelve letters and digits (without I, L, O, U).";
            return false;
        }

        value = new AssessmentId(candidate);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
