using System.ComponentModel.DataAnnotations;
using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Families.SigningIn;

/// <summary>
/// The issuer by which a family may prove who it is, in place of the code that is sent by e-mail: GOV.UK One Login. The link is still
/// needed. Its redirect address is <c>https://HUB/family/signed-in</c>. Off unless <c>Families:Authority</c> is set.
/// </summary>
public sealed class FamilySignInOptions : IssuerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Families";

    /// <summary>What people know it as.</summary>
    public string Title { get; set; } = "GOV.UK One Login";

    /// <summary>
    /// How people must have signed in, as GOV.UK One Login calls it: <c>Cl.Cm</c> with a second factor, <c>Cl</c> without one; empty for an
    /// issuer without vectors of trust (<c>vtr</c>). Somebody whose token says otherwise is not let in.
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
            yield return new("Authority needs ClientKey (or ClientSecret): the e-mail address is fetched with the token that the code is exchanged for.");
        }

        if (Level is not ("" or "Cl" or "Cl.Cm"))
        {
            yield return new("Level must be Cl.Cm, Cl or empty: these pages check that an address is theirs, not their identity.");
        }

        if (string.IsNullOrWhiteSpace(Title))
        {
            yield return new("Title must say what people know the issuer as.");
        }
    }
}
