using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>How steps are read, and how stored facts and effects are shown: as stored, but with every enum value in the API's spelling.</summary>
internal static class Wire
{
    /// <summary>Writes facts and effects for the API.</summary>
    internal static readonly JsonSerializerOptions Written = Options(_ => { });

    /// <summary>
    /// Reads the body of a request, and refuses unknown and repeated members. Members that can be null can be left out. An enum value is
    /// also accepted with a capital letter, the spelling before version 1, but the API never writes it with a capital letter.
    /// </summary>
    internal static readonly JsonSerializerOptions Strict = Options(options =>
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Insert(0, new ExactEnums());
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(AbsentMeansNull);
    });

    /// <summary>A fact or effect as an object of the API.</summary>
    internal static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, (JsonTypeInfo<T>)Written.GetTypeInfo(typeof(T)));

    /// <summary>The API's spelling of an enum value.</summary>
    internal static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static void AbsentMeansNull(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => p.AssociatedParameter?.IsNullable == true))
        {
            member.IsRequired = false;
        }
    }

    private static JsonSerializerOptions Options(Action<JsonSerializerOptions> more)
    {
        var options = new JsonSerializerOptions(AssessmentJson.Default.Options);
        options.Converters.Clear();
        ApiJson.WriteEnumsAsWords(options);
        more(options);
        return options;
    }
}
