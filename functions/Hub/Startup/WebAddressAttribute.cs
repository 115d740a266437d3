using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Startup;

/// <summary>The setting is an address to which paths are added: https, or http on this machine, without a password, a query or a
/// fragment.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute() : ValidationAttribute("{0} must be an https address, such as https://hub.example.gov.uk (http is allowed only on this machine).")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is not string text
        || (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { UserInfo: "", Query: "", Fragment: "" });
}
