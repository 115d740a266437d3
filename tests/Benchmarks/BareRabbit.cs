using System.Diagnostics;
using System.Net.Sockets;
using Amqp;
using IntegrationHub.Ports.Tests;

namespace IntegrationHub.Benchmarks;

/// <summary>RabbitMQ with its AMQP 1.0 plugin, as Debian ships it, on ports and with data of its own: what the embedded bus is held against.</summary>
internal sealed class BareRabbit : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string folder;
    private readonly Process process;
    private readonly int names;

    private BareRabbit(string folder, Process process, int port, int names) => (this.folder, this.process, Port, this.names) = (folder, process, port, names);

    internal int Port { get; }

    /// <summary>Starts one with a durable queue of this name; null where it is not installed.</summary>
    internal static async Task<BareRabbit?> StartAsync(string queue)
    {
        if (!File.Exists(Program))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("hub-rabbit-").FullName;
        var (port, distribution, names) = (FreePort.Take(), FreePort.Take(), FreePort.Take());
        await File.WriteAllTextAsync(Path.Combine(folder, "definitions.json"), $$"""
            { "users": [{ "name": "guest", "password": "guest", "tags": "administrator" }], "vhosts": [{ "name": "/" }],
              "permissions": [{ "user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" }],
              "queues": [{ "name": "{{queue}}", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {} }] }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_amqp1_0].\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            amqp1_0.default_user = guest
            amqp1_0.default_vhost = /
            load_definitions = {Path.Combine(folder, "definitions.json")}

            """);
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = folder,
                ["RABBITMQ_NODENAME"] = $"bench{port}@localhost",
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
                ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
                ["RABBITMQ_DIST_PORT"] = $"{distribution}",
                ["ERL_EPMD_PORT"] = $"{names}",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("RabbitMQ does not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await AnswersAsync(port))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"RabbitMQ ended while it started; see {folder}.");
            }

            await Task.Delay(200);
        }

        return new BareRabbit(folder, process, port, names);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        // The name server that Erlang starts is no child of ours; it is asked to end, at its own port.
        var start = new ProcessStartInfo("epmd", ["-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["ERL_EPMD_PORT"] = $"{names}" } };
        using var ending = Process.Start(start);
        await ending!.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", port, "guest", "guest", "/", "amqp"));
            connection.Close(TimeSpan.Zero);
            return true;
        }
        catch (Exception notYet) when (notYet is SocketException or AmqpException or IOException)
        {
            return false;
        }
    }
}
