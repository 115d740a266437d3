namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How the hub sent a notice and with what content, as reported by the effect that sent it.</summary>
/// <param name="By">How the notice was sent.</param>
/// <param name="Reference">The reference under which the notice was sent, which is the same for every attempt.</param>
/// <param name="Taken">The channel's reference for the notice.</param>
/// <param name="Letter">Hash of the letter that was sent, 64 hexadecimal digits.</param>
public sealed record NoticeSending(NoticeChannel By, string Reference, string Taken, string? Letter)
{
    private const char Between = '|';

    /// <summary>This record as text, which is stored as the detail of an effect's result.</summary>
    public string ToDetail() => string.Join(Between, By, Reference.Replace(Between, '-'), Taken.Replace(Between, '-'), Letter);

    /// <summary>Reads the detail of an effect's result, or returns null if the detail has another form, as in older stores.</summary>
    public static NoticeSending? Read(string? detail) =>
        detail?.Split(Between) is [var by, var reference, var taken, var letter] && Enum.TryParse<NoticeChannel>(by, out var way)
            ? new NoticeSending(way, reference, taken, letter.Length > 0 ? letter : null)
            : null;
}
