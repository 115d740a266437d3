using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>Settings for GOV.UK Notify. Each council has its own service on GOV.UK Notify, and so its own key.</summary>
public sealed class NotifyOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Notices:Notify";

    /// <summary>Base address. The default is the public address; tests use another address.</summary>
    public string BaseAddress { get; set; } = "https://api.notifications.service.gov.uk";

    /// <summary>The longest time that a call to Notify may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the hub asks Notify for the results of notices, in addition to Notify's callbacks.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Ask { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The services, by the council's code.</summary>
    public Dictionary<string, NotifyService> Councils { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Problems().Select(problem => new ValidationResult(problem));

    private IEnumerable<string> Problems()
    {
        if (!Uri.TryCreate(BaseAddress, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            yield return $"{Section}:BaseAddress must be an https address.";
        }

        foreach (var (code, service) in Councils)
        {
            if (NotifyKey.Read(service.ApiKey) is null)
            {
                yield return $"{Section}:Councils:{code}:ApiKey is not a key of GOV.UK Notify: name, service id and secret, joined by dashes, are expected.";
            }

            if (service.EmailTemplate is null && service.LetterTemplate is null)
            {
                yield return $"{Section}:Councils:{code} names neither an EmailTemplate nor a LetterTemplate.";
            }

            if (service.CallbackToken is { Length: < NotifyService.MinTokenLength })
            {
                yield return $"{Section}:Councils:{code}:CallbackToken must have {NotifyService.MinTokenLength} characters or more.";
            }
        }
    }
}

/// <summary>A council's service on GOV.UK Notify.</summary>
public sealed class NotifyService
{
    /// <summary>The smallest number of characters in the token with which Notify calls back.</summary>
    public const int MinTokenLength = 20;

    /// <summary>The API key, which is a live, team or test key.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Id of the template for e-mails, with the placeholders <c>((subject))</c> and <c>((body))</c>.</summary>
    public string? EmailTemplate { get; set; }

    /// <summary>Id of the template for letters, with the placeholders <c>((heading))</c> and <c>((body))</c>.</summary>
    public string? LetterTemplate { get; set; }

    /// <summary>Id of the template for text messages, with the placeholder <c>((body))</c>; null if no text messages are sent.</summary>
    public string? SmsTemplate { get; set; }

    /// <summary>Id of the reply-to address.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The token with which Notify calls back, or null if Notify makes no callbacks.</summary>
    public string? CallbackToken { get; set; }
}
