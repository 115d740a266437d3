using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Links;

/// <summary>
/// The links that are sent to readers of letters and to people who are asked for advice: <c>/letters/{reference}/{code}</c>,
/// <c>/answering/{reference}/{code}</c> and <c>/contribute/{reference}/{code}</c>. The code is made with HMAC-SHA-256 from what it opens
/// and for whom, whenever it is needed, so that it is never stored; the case records what it opens and until when.
/// </summary>
/// <param name="keys">Each of at least 32 random bytes, used for nothing else: new links are made with the first, and links made with any
/// of them still open.</param>
/// <param name="baseAddress">Address of the hub as people reach it.</param>
public sealed class ReaderLinks(IReadOnlyList<byte[]> keys, string baseAddress)
{
    /// <summary>Characters of a code: 100 bits of Crockford's base 32, in groups of five so that it can be typed from paper.</summary>
    public const int CodeLength = 20;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Group = 5;
    private const int OneTimeModulus = 1_000_000;

    private readonly string baseAddress = baseAddress.TrimEnd('/');

    /// <summary>The address at which one reader opens one letter.</summary>
    public string OfLetter(AssessmentId assessment, Notice notice) => $"{baseAddress}{PathOfLetter(assessment, notice)}";

    /// <summary>The same within the hub.</summary>
    public string PathOfLetter(AssessmentId assessment, Notice notice) => $"/letters/{assessment}/{Code(LetterWords(assessment, notice))}";

    /// <summary>The address at which one agency reads what it was asked and how it answers.</summary>
    public string OfRequest(AssessmentId assessment, string requestId, string agency) => $"{baseAddress}/answering/{assessment}/{Code(RequestWords(assessment, requestId, agency))}";

    /// <summary>The address at which one person answers a request for advice in the browser.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="request">The request.</param>
    /// <param name="person">Id of the colleague to whom it was passed on; null for the agency's own contact.</param>
    public string OfContributor(AssessmentId assessment, AdviceRequest request, string? person) => $"{baseAddress}{PathOfContributor(assessment, request, person)}";

    /// <summary>The same within the hub.</summary>
    public string PathOfContributor(AssessmentId assessment, AdviceRequest request, string? person) =>
        $"/contribute/{assessment}/{Code(ContributorWords(assessment, request, person))}";

    /// <summary>Whether a code opens the page of this request for this person.</summary>
    public bool Opens(string code, AssessmentId assessment, AdviceRequest request, string? person) => Same(code, ContributorWords(assessment, request, person));

    /// <summary>A code of six digits that is valid for one page in the browser that asked for it.</summary>
    /// <param name="page">Identifies the page.</param>
    /// <param name="browser">A secret of that browser.</param>
    public string OneTime(string page, string browser) => Digits($"once\n{page}\n{browser}");

    /// <summary>The name of the drafts of somebody who has no case yet, which says nothing about them: 32 hexadecimal digits.</summary>
    /// <param name="words">What identifies them.</param>
    public string NameFor(string words) => Convert.ToHexStringLower(Mac(keys[0], $"name\n{words}"))[..32];

    /// <summary>Whether a code opens this letter as last sent.</summary>
    public bool Opens(string code, AssessmentId assessment, Notice notice) => Same(code, LetterWords(assessment, notice));

    /// <summary>Whether a code opens this request for this agency.</summary>
    public bool Opens(string code, AssessmentId assessment, string requestId, string agency) => Same(code, RequestWords(assessment, requestId, agency));

    /// <summary>The second step for a reader whose address is in the hub's directory: six digits for the browser that asked for them.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="notice">The notice that the letter gives.</param>
    /// <param name="browser">A secret of that browser.</param>
    public string OneTime(AssessmentId assessment, Notice notice, string browser) => Digits($"once\n{LetterWords(assessment, notice)}\n{browser}");

    /// <summary>The part of a link that may be stored: the hash of its code, which opens nothing.</summary>
    public static string HashOf(string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(address[(address.LastIndexOf('/') + 1)..]))));

    /// <summary>A letter that was sent again, or whose link was revoked, has a new code: the old one opens nothing.</summary>
    private static string LetterWords(AssessmentId assessment, Notice notice) => FormattableString.Invariant(
        $"letter\n{assessment}\n{notice.Id}\n{notice.Person}\n{(notice.Setbacks?.Count ?? 0) + (notice.NotArrived ?? 0)}\n{notice.LinkRevocations ?? 0}");

    private static string RequestWords(AssessmentId assessment, string requestId, string agency) => $"request\n{assessment}\n{requestId}\n{agency}";

    /// <summary>A request whose links were revoked has new codes: the old ones open nothing.</summary>
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

            // One character of 32 from each byte: 256 is a multiple of 32, so each is as likely as any other.
            code.Append(Alphabet[mac[n] % Alphabet.Length]);
        }

        return code.ToString();
    }

    private bool Same(string code, string words)
    {
        var said = Encoding.UTF8.GetBytes(Plain(code));
        return keys.Any(key => CryptographicOperations.FixedTimeEquals(said, Encoding.UTF8.GetBytes(Plain(Code(key, words)))));
    }

    /// <summary>Accepts a code as people may type it: lower case, without hyphens, O for 0, I and L for 1.</summary>
    private static string Plain(string code) =>
        string.Concat(code.Where(c => c != '-').Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other }));
}
