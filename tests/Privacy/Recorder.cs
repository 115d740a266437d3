using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Notices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Tests.Privacy;

/// <summary>
/// Where HUB_SAID names a folder, everything that any host of this test process says to the outside is written there: log lines, metrics
/// with their attributes, spans, notices, addresses, reasons of dead letters. .ci/run searches it for the test children (tests/Privacy/scan).
/// It listens to the framework's own diagnostics, so no host can forget to take part.
/// </summary>
internal static class Recorder
{
    private static readonly ConcurrentDictionary<(string Kind, string Text), bool> Known = new();
    private static StreamWriter? file;

    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable("HUB_SAID") is not { Length: > 0 } folder)
        {
            return;
        }

        var name = $"{Assembly.GetExecutingAssembly().GetName().Name}-{Environment.ProcessId}.txt";
        // Flushed line by line: some of these processes are killed.
        file = new StreamWriter(Path.Combine(Directory.CreateDirectory(folder).FullName, name)) { AutoFlush = true };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        DiagnosticListener.AllListeners.Subscribe(new Watch<DiagnosticListener>(Attach));
        ListenToMetrics();
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == "IntegrationHub",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => Say("span", $"{span.DisplayName} {string.Join(' ', span.Tags)}"),
        });
    }

    /// <summary>Records what a program prints, too: for the processes that tests start.</summary>
    internal static void ListenToConsole()
    {
        if (file is not null)
        {
            Console.SetOut(new Tee(Console.Out));
            Console.SetError(new Tee(Console.Error));
        }
    }

    private static void Attach(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
        {
            listener.Subscribe(new Watch<KeyValuePair<string, object?>>(e => Hear(e.Key, e.Value)), name => name == "HostBuilt");
        }
        else if (listener.Name == "Microsoft.AspNetCore")
        {
            listener.Subscribe(new Watch<KeyValuePair<string, object?>>(e => Hear(e.Key, e.Value)), name => name.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal));
        }
    }

    private static void Hear(string name, object? said)
    {
        if (said is IHost host)
        {
            host.Services.GetService<ILoggerFactory>()?.AddProvider(new Lines());
            host.Services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => Last(host.Services));
        }
        else if (name.EndsWith(".Stop", StringComparison.Ordinal) && said is HttpContext http)
        {
            Say("url", $"{http.Request.Path}{http.Request.QueryString} {http.Response.Headers.Location}");
        }
    }

    private static void Last(IServiceProvider services)
    {
        foreach (var notice in services.GetService<INoticeStore>()?.Newest(int.MaxValue) ?? [])
        {
            Say("notice", $"{notice.Subject} {notice.Text} {notice.To} {notice.Channel}");
        }

        if (services.GetService<IDeadLetters>() is { } bus)
        {
            foreach (var queue in bus.CountAsync().AsTask().GetAwaiter().GetResult())
            {
                Say("queue", queue.Path);
                foreach (var letter in bus.ReadAsync(queue.Path, 1000).AsTask().GetAwaiter().GetResult())
                {
                    Say("dead-letter", $"{letter.Reason} {letter.Description}");
                }
            }
        }
    }

    private static void ListenToMetrics()
    {
        var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is "IntegrationHub" or "Microsoft.AspNetCore.Hosting")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((i, _, tags, _) => Metric(i, tags));
        meters.SetMeasurementEventCallback<double>((i, _, tags, _) => Metric(i, tags));
        meters.Start();
    }

    private static void Metric(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = instrument.Name;
        foreach (var (key, value) in tags)
        {
            text += $" {key}={value}";
        }

        Say("metric", text);
    }

    /// <summary>Once for each thing said: the same line a thousand times says nothing more.</summary>
    private static void Say(string kind, string text)
    {
        if (Known.TryAdd((kind, text), true) && file is { } into)
        {
            lock (Known)
            {
                into.WriteLine($"{kind}\t{text.ReplaceLineEndings(" ")}");
            }
        }
    }

    private static void End()
    {
        lock (Known)
        {
            file?.Dispose();
            file = null;
        }
    }

    private sealed class Watch<T>(Action<T> hear) : IObserver<T>
    {
        public void OnNext(T value) => hear(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    /// <summary>Passes everything on, and says it line by line.</summary>
    private sealed class Tee(TextWriter to) : TextWriter
    {
        private readonly StringBuilder line = new();

        public override Encoding Encoding => to.Encoding;

        public override void Write(char value)
        {
            lock (line)
            {
                to.Write(value);
                if (value != '\n')
                {
                    line.Append(value);
                    return;
                }

                Say("console", line.ToString());
                line.Clear();
            }
        }

        public override void Flush() => to.Flush();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Say("log", $"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
