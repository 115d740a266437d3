using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Links;

/// <summary>
/// The links sent to readers of letters and to people who are asked for advice: <c>/letters/{reference}/{code}</c>,
/// <c>/answering/{reference}/{code}</c> and <c>/contribute/{reference}/{code}</c>. The code is never stored: whenever it is needed, it is
/// calculated with HMAC-SHA-256 from the ids of what it opens and of the person or agency that may open it. The case records what the code
/// opens and until when.
/// </summary>
/// <param name="keys">Keys of at least 32 random bytes each, used for nothing else. New links are signed with the first key; links signed
/// with any of the keys still work.</param>
/// <param name="baseAddress">The hub's public address.</param>
public sealed class ReaderLinks(IReadOnlyList<byte[]> keys, string baseAddress)
{
    /// <summary>Number of characters in a code: 100 bits in Crockford's base 32, in groups of five so that it can be typed from
    /// paper.</summary>
    public const int CodeLength = 20;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Group = 5;
    private const int OneTimeModulus = 1_000_000;

    private readonly string baseAddress = baseAddress.TrimEnd('/');

    /// <summary>The address at which one reader opens one letter.</summary>
    public string OfLetter(AssessmentId assessment, Notice notice) => $"{baseAddress}{PathOfLetter(assessment, notice)}";

    /// <summary>The path of the letter's address within the hub.</summary>
    public string PathOfLetter(AssessmentId assessment, Notice notice) => $"/letters/{assessment}/{Code(LetterWords(assessment, notice))}";

    /// <summary>The address at which one agency reads the request and is told how to answer it.</summary>
    public string OfRequest(AssessmentId assessment, string requestId, string agency) => $"{baseAddress}/answering/{assessment}/{Code(RequestWords(assessment, requestId, agency))}";

    /// <summary>The address at which one person answers a request for advice in the browser.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="request">The request.</param>
    /// <param name="person">Id of the colleague to whom the request was passed on, or null for the agency's own contact.</param>
    public string OfContributor(AssessmentId assessment, AdviceRequest request, string? person) => $"{baseAddress}{PathOfContributor(assessment, request, person)}";

    /// <summary>The path of the contributor's address within the hub.</summary>
    public string PathOfContributor(AssessmentId assessment, AdviceRequest request, string? person) =>
        $"/contribute/{assessment}/{Code(ContributorWords(assessment, request, person))}";

    /// <summary>Whether a code opens the page of this request for this person.</summary>
    public bool Opens(string code, AssessmentId assessment, AdviceRequest request, string? person) => Same(code, ContributorWords(assessment, request, person));

    /// <summary>A code of six digits that is valid for one page in the browser that requested it.</summary>
    /// <param name="page">Identifies the page.</param>
    /// <param name="browser">A secret of that browser.</param>
    public string OneTime(string page, string browser) => Digits($"once\n{page}\n{browser}");

    /// <summary>Name of the drafts of somebody who has no case yet: 32 hexadecimal digits that reveal nothing about them.</summary>
    /// <param name="words">Text that identifies this person.</param>
    public string NameFor(string words) => Convert.ToHexStringLower(Mac(keys[0], $"name\n{words}"))[..32];

    /// <summary>Whether this is the code in the link that was last sent with this letter.</summary>
    public bool Opens(string code, AssessmentId assessment, Notice notice) => Same(code, LetterWords(assessment, notice));

    /// <summary>Whether a code opens this request for this agency.</summary>
    public bool Opens(string code, AssessmentId assessment, string requestId, string agency) => Same(code, RequestWords(assessment, requestId, agency));

    /// <summary>The second factor for a reader whose address is in the hub's directory: six digits that are valid in the browser that
    /// requested them.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="notice">The notice that the letter gives.</param>
    /// <param name="browser">A secret of that browser.</param>
    public string OneTime(AssessmentId assessment, Notice notice, string browser) => Digits($"once\n{LetterWords(assessment, notice)}\n{browser}");

    /// <summary>The hash of a link's code, which may be stored because it opens nothing.</summary>
    public static string HashOf(string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(address[(address.LastIndexOf('/') + 1)..]))));

    /// <summary>The text from which a letter's code is calculated. After a letter is sent again, or its link is revoked, a new code applies
    /// and the old code opens nothing.</summary>
    private static string LetterWords(AssessmentId assessment, Notice notice) => FormattableString.Invariant(
        $"letter\n{assessment}\n{notice.Id}\n{notice.Person}\n{(notice.Setbacks?.Count ?? 0) + (notice.NotArrived ?? 0)}\n{notice.LinkRevocations ?? 0}");

    private static string RequestWords(AssessmentId assessment, string requestId, string agency) => $"request\n{assessment}\n{requestId}\n{agency}";

    /// <summary>The text from which a contributor's code is calculated. After the links of a request are revoked, new codes apply and the
    /// old codes open nothing.</summary>
    private static string ContributorWords(AssessmentId assessment, AdviceRequest request, string? person) =>
        FormattableString.Invariant($"contribute\n{assessment}\n{request.Id}\n{request.Agency!.Id}\n{person}\n{request.LinkRevocations ?? 0}");

    private string Digits(string words) => (BinaryPrimitives.ReadUInt64BigEndian(Mac(keys[0], words)) % OneTimeModulus).ToString("000000", CultureInfo.InvariantCulture);

    private static byte[] Mac(byte[] key, string words) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(words));

    private string Code(string words) => Code(keys[0], words);

    private static string Code(byte[] key, string words)
    {
        var mac = Mac(key, words);
        var code = new StringBuilder(CodeLength + 3);
        for (var n = 0; n < CodeLength; n++)
        {
            if (n > 0 && n % Group == 0)
            {
                code.Append('-');
            }

            // Each byte gives one of 32 characters. Because 256 is a multiple of 32, all characters are equally likely.
            code.Append(Alphabet[mac[n] % Alphabet.Length]);
        }

        return code.ToString();
    }

    private bool Same(string code, string words)
    {
        var said = Encoding.UTF8.GetBytes(Plain(code));
        return keys.Any(key => CryptographicOperations.FixedTimeEquals(said, Encoding.UTF8.GetBytes(Plain(Code(key, words)))));
    }

    /// <summary>Normalises a typed code: lower case, missing hyphens, O for 0, and I or L for 1 are accepted.</summary>
    private static string Plain(string code) =>
        string.Concat(code.Where(c => c != '-').Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other }));
}
