using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Reading;
using IntegrationHub.Functions.Letters.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Letters.Setup;

/// <summary>Adds the services for letters to a host.</summary>
public static class LettersSetup
{
    /// <summary>Name of the templates folder in the data directory.</summary>
    public const string Folder = "letters";

    /// <summary>Adds the templates, the store of letters and the services of their endpoints.</summary>
    /// <param name="services">The services, including the document store, <c>RuleBook</c> and <see cref="TimeProvider"/>.</param>
    /// <param name="templates">The letter templates.</param>
    public static IServiceCollection AddLetters(this IServiceCollection services, LetterTemplates templates)
    {
        services.AddSingleton(templates);
        services.AddSingleton<LetterStore>();
        services.AddSingleton<LetterQueries>();
        services.AddSingleton<IInputCheck, OtherChildInLetter>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, LetterReadingJson.Default));
    }
}
