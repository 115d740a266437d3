using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Commands;

/// <summary>Catches every exception of a command and reports it in one line, never with a stack trace.</summary>
internal static class Faults
{
    /// <summary>Runs a command. The exit status is 2 for a fault that the caller can correct, and 1 for any other fault.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost handler of the process reports every fault and ends the program.")]
    internal static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return Exit.Failed;
        }
        catch (Exception fault)
        {
            var line = MessageFor(fault);
            Console.Error.WriteLine(line ?? $"The program failed ({fault.GetType().Name}): {OneLine(fault.Message)}");
            return line is null ? Exit.Failed : Exit.WrongCall;
        }
    }

    /// <summary>The message for a fault in settings, files, folders or ports, or null for any other fault.</summary>
    private static string? MessageFor(Exception fault) => fault switch
    {
        SocketException taken =>
            $"The embedded bus cannot listen at its port ({taken.SocketErrorCode}). Set Bus:Embedded:Port to another port, or Bus:Embedded:Enabled to false.",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{OneLine(fault.Message)} Another program listens at this address: stop that program, or give another address with --url.",
        SqliteException refused when SqliteFile.WhyUnavailable(refused) is { } why => OneLine($"A file of the hub's data {why}"),
        SqliteException or StoreUnavailableException or RefusedStartException or CouncilsFileException or AgenciesFileException or InvalidDataException
            or CryptographicException or JsonException or FormatException or IOException or UnauthorizedAccessException => OneLine(fault.Message),
        InvalidOperationException when fault.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            $"A setting cannot be read: {OneLine(fault.Message)}",
        InvalidOperationException when fault.Message.StartsWith("Configuration value '", StringComparison.Ordinal) =>
            $"A level in Logging:LogLevel cannot be read ({OneLine(fault.Message)}). Use Trace, Debug, Information, Warning, Error, Critical or None.",
        InvalidOperationException when fault.Message.StartsWith("Unable to configure HTTPS endpoint", StringComparison.Ordinal) =>
            "--url is an https address, but there is no certificate for it. Set Kestrel:Certificates:Default:Path to a certificate with its key, or listen at http://localhost:PORT behind a TLS proxy (docs/runbooks/behind-a-proxy.md).",
        AggregateException { InnerExceptions: [var only] } => MessageFor(only),
        _ => null,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
