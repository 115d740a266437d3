using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sender = IntegrationHub.Orchestrations.Assessments.ActorRole;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// The description of the API in OpenAPI 3.1, open to everybody because it contains no secrets and no data. Operations on a single case are at
/// <c>/openapi/v1.json</c>, and all others, with those on letters, at <c>/openapi/v1-operations.json</c>, so that neither document grows too
/// large to read.
/// </summary>
public static class ApiDocument
{
    /// <summary>Name of the document about cases, which is also the version of the API.</summary>
    internal const string Name = "v1";

    /// <summary>Name of the document about operations that do not belong to a single case.</summary>
    internal const string OperationsName = "v1-operations";

    /// <summary>Names of both documents.</summary>
    internal static readonly IReadOnlyList<string> Names = [Name, OperationsName];

    /// <summary>The tag of operations about a case, which the document leaves out.</summary>
    internal const string CasesTag = "Cases";

    private const string Bearer = "bearer";

    /// <summary>Members that always have the same meaning, so they are described once, in the introduction.</summary>
    internal static readonly IReadOnlyDictionary<string, string> CommonMembers = new Dictionary<string, string>
    {
        ["answers"] = "ids of the lines that a line of the plan answers: needs for an outcome, outcomes for provision",
        ["howLong"] = "how long each session of the provision lasts, for instance \"45 minutes\"",
        ["howOften"] = "how often the provision is given, for instance \"twice a week\"",
        ["id"] = "unique within the case",
        ["on"] = "the day of the event that the object describes",
        ["reason"] = "in the words of the person who gives the reason",
        ["text"] = "free text in the writer's own words",
        ["version"] = "the version number of the case, or of the plan concerned; it only increases",
    };

    /// <summary>Adds the API's documents to the services.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // Schemas are made from the serializer metadata that is used for reading and writing, so they cannot differ.
        services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.TypeInfoResolverChain.Insert(1, AssessmentJson.Default);
            options.TypeInfoResolverChain.Insert(2, ProblemJson.Default);
            ApiJson.WriteEnumsAsWords(options);
            options.NumberHandling = JsonNumberHandling.Strict;
            options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.AllowOutOfOrderMetadataProperties = true;
        });
        foreach (var name in Names)
        {
            services.AddKeyedSingleton(name, (provider, _) => new ApiDocumentOnce(provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(name)));
            services.AddOpenApi(name, options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = endpoint => name == (IsOfCases(endpoint.RelativePath) ? Name : OperationsName);
                options.AddDocumentTransformer((document, _, _) => DescribeAsync(document, name));
                options.AddOperationTransformer(DescribeAsync);
                options.AddSchemaTransformer(DescribeAsync);
            });
        }

        return services;
    }

    /// <summary>Maps the addresses of the API's documents.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        foreach (var name in Names)
        {
            routes.MapGet($"/openapi/{name}.json", (HttpContext http, CancellationToken cancellationToken) => http.RequestServices.GetRequiredKeyedService<ApiDocumentOnce>(name).AnswerAsync(cancellationToken))
                .ExcludeFromDescription().AllowAnonymous();
        }
    }

    // Letters are described with the print run, in which they are printed and posted.
    private static bool IsOfCases(string? path) => $"/{path}/".StartsWith($"{ApiAddress.Cases}/", StringComparison.Ordinal) && !$"/{path}/".Contains("/letters/", StringComparison.Ordinal);

    private static Task DescribeAsync(OpenApiDocument document, string name)
    {
        document.Info = new OpenApiInfo
        {
            Title = name == Name ? "IntegrationHub" : "IntegrationHub: operations",
            Version = "1",
            Description = name == OperationsName
                ? $"""
                Operations that do not belong to a single case: taking over an assessment, the print run, pushed assessments, the feed of events; and the letters of a case.
                What /openapi/{Name}.json says about keys, problems, roles and values also applies here.
                """
                : $"""
                Runs England's statutory Education, Health and Care needs assessments across agencies. Operations that do not belong to a single case, and
                those on letters, are described at /openapi/{OperationsName}.json.

                Every POST takes one input, processes it immediately and answers with the result. Each POST needs an Idempotency-Key: a repeat with the
                same key and input is answered like the first (with Idempotent-Replayed: true). Every answer about one case has its version as ETag;
                If-Match with that ETag means that an input is processed only at that version. A refused input changes nothing. Problems are application/problem+json (RFC 9457).
                A fault in the hub is answered with 500, and a store that cannot be reached with 503. Send the same request again with the same key.

                This is version 1: each answer has the header Api-Version: 1, and a request may have it too. Within version 1, members, values, addresses and problem codes
                are only added; any change that would break a caller becomes version 2 at /v2. Members and values are camelCase. These members always have the same meaning:
                {string.Join("; ", CommonMembers.Select(member => $"{member.Key}: {member.Value}"))}.
                The sender chooses the id of anything that an input adds, such as noteId. The id is unique within the case.

                Operations whose description does not begin with "For" or "Also for" are for council officers only.
                """,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = $"The token gives one role of the hub ({string.Join(", ", Enum.GetValues<CallerRole>().Select(RoleNames.Of))}) and the claim that limits the role to a council, an agency or an assessment.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        document.Tags = name == Name
            ? new HashSet<OpenApiTag>
            {
                new() { Name = "Plans", Description = "The versions of a plan, and documents that come with advice." },
            }
            : new HashSet<OpenApiTag>
            {
                new() { Name = "Letters", Description = "Letters that are sent to people." },
                new() { Name = "Print run", Description = "Letters that an officer prints and posts." },
                new() { Name = "Pushed assessments", Description = "Unsolicited advice that an officer has to deal with." },
            };

        // Most operations are about a case, as their addresses show, so a tag on each of them would repeat this a hundred times. The
        // document does not list this tag, so an operation about a case is recognised by its own reference to the tag.
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(each => each.Value).Where(each => each.Tags?.Any(tag => tag.Reference.Id == CasesTag) == true))
        {
            operation.Tags!.Clear();
        }

        SharedParts.Share(document);
        ShortSchemas.Shorten(document);
        SameShapes.Merge(document);
        SharedParts.ShareBodies(document);
        OnceUsed.Place(document);
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<AllowedRoles>().LastOrDefault() is { } allowed)
        {
            var others = allowed.Roles.Where(role => role != CallerRole.CouncilOfficer).Select(RoleNames.Of).ToList();
            operation.Description = others.Count == 0 ? null : $"{(others.Count < allowed.Roles.Count ? "Also for" : "For")}: {string.Join(", ", others)}.";
        }
        else
        {
            operation.Security = [];
        }

        operation.Parameters ??= [];
        foreach (var id in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.Name == "id"))
        {
            id.Description = "The case.";
            id.Schema = Text(IdentifierSchemas.Of(typeof(AssessmentId))!.Value.Pattern);
        }

        if (metadata.OfType<StepDefinition>().FirstOrDefault() is { } kind)
        {
            DescribeInput(operation, kind);
        }
        else if (operation.OperationId is "list-cases" or "list-events" or "read-events")
        {
            DescribeFilters(operation, operation.OperationId);
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            // The introduction says that every answer about a case has the header. It is described where a caller needs it for If-Match.
            if (status is "200" or "201" && (metadata.OfType<StepDefinition>().Any() || operation.OperationId == "show-case") && response is OpenApiResponse answer)
            {
                answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
                answer.Headers["ETag"] = new OpenApiHeader { Description = "The assessment's version in quotation marks.", Schema = Text(null) };
            }
        }

        return Task.CompletedTask;
    }

    private static void DescribeInput(OpenApiOperation operation, StepDefinition kind)
    {
        Header(RequestHeaders.IdempotencyKey, "A new key for each new message, and the same key for a repeat.", true, Text("^[!-~]{1,200}$"));
        if (!kind.Opens)
        {
            Header("If-Match", "The input is processed only if the assessment is at this version (its ETag).", false, Text(null));
        }

        if (kind.Senders.Any(sender => sender is Sender.Agency or Sender.Family))
        {
            Header(RequestHeaders.OnBehalfOfName, "For council officers: the party on whose behalf the input is entered, either \"family\" or an agency's id.", false, Text(null));
        }

        if (InputExamples.Of(kind.Name) is { } example && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
        {
            body.Example = example;
        }

        if (operation.RequestBody is OpenApiRequestBody request)
        {
            request.Required = true;
        }

        void Header(string name, string description, bool required, OpenApiSchema schema) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Required = required, Schema = schema });
    }

    private static void DescribeFilters(OpenApiOperation operation, string operationId)
    {
        var filters = operationId is "list-events" or "read-events"
            ? [("after", "Only events with a sequence number above this.", Integer(0, null)), ("limit", "", Integer(1, 1000))]
            : new (string Name, string Description, OpenApiSchema Schema)[]
            {
                ("council", "", Text(IdentifierSchemas.Of(typeof(LocalAuthorityCode))!.Value.Pattern)),
                ("stage", "", Words<IntegrationHub.Contracts.Api.Stage>()),
                ("open", "True: not ended; false: ended.", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
                ("caseOfficer", "A filter for council officers only.", Text(null)),
                ("waitingDueBefore", "", Day()),
                ("finalPlanDueBefore", "", Day()),
                ("needsAttention", "", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
                ("after", "The cursor from the link to the next page.", Text(IdentifierSchemas.Of(typeof(AssessmentId))!.Value.Pattern)),
                ("limit", "Default: 50.", Integer(1, 500)),
            };
        // A filter with a self-explanatory name has no description.
        foreach (var (name, description, schema) in filters)
        {
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description.Length > 0 ? description : null, Schema = schema });
        }
    }

    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (IdentifierSchemas.Of(type) is { } identifier)
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = identifier.Pattern;
            schema.Description = identifier.Description;
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string? pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    private static OpenApiSchema Day() => new() { Type = JsonSchemaType.String, Format = "date" };

    private static OpenApiSchema Integer(int least, int? most) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = least.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = most?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static OpenApiSchema Words<T>()
        where T : struct, Enum => new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<T>().Select(n => (JsonNode)JsonValue.Create(Wire.Word(n)))] };
}
