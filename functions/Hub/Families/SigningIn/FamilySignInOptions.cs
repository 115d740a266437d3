using System.ComponentModel.DataAnnotations;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Families.SigningIn;

/// <summary>
/// The issuer (GOV.UK One Login) with which a family can sign in instead of using the code that is sent by e-mail. The family still needs
/// the link. The redirect address is <c>https://HUB/family/signed-in</c>. Signing in is off unless <c>Families:Authority</c> is set.
/// </summary>
public sealed class FamilySignInOptions : IssuerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Families";

    /// <summary>The name by which people know the issuer.</summary>
    public string Title { get; set; } = "GOV.UK One Login";

    /// <summary>
    /// The level at which people must have signed in, in the terms of GOV.UK One Login: <c>Cl.Cm</c> with a second factor, <c>Cl</c>
    /// without. The level is empty for an issuer without vectors of trust (<c>vtr</c>). A person whose token states another level cannot
    /// sign in.
    /// </summary>
    public string Level { get; set; } = "Cl.Cm";

    /// <summary>Whether anybody can sign in.</summary>
    internal bool IsEnabled => Authority is not null;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
        {
            yield return problem;
        }

        if (IsEnabled && !RedeemsCode)
        {
            yield return new("If Authority is set, also set ClientKey (or ClientSecret), because the hub fetches the e-mail address with the token that it gets for the code.");
        }

        if (Level is not ("" or "Cl" or "Cl.Cm"))
        {
            yield return new("Level must be Cl.Cm, Cl or empty, because these pages check that an e-mail address belongs to the person, not who the person is.");
        }

        if (string.IsNullOrWhiteSpace(Title))
        {
            yield return new("Title must be the name by which people know the issuer.");
        }
    }
}
